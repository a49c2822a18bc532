package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.LogLines;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerClocksTest {
    private final Words words = new Words();
    private final OAuthHttp http = words.http();
    private final Accounts account = Accounts.at(words.server.tokenEndpoint());

    @AfterEach
    void close() {
        words.close();
    }

    private void ask() {
        new TokenEndpoint("support", account.oauth(), http, words.clock).exchange(Words.OWN);
    }

    private Optional<Duration> skew() {
        return http.clockSkew(words.server.issuer());
    }

    @Test
    void nothingIsKnownBeforeAnAnswerAndNothingIsSaidOfAClockThatAgrees() {
        assertThat(skew()).isEmpty();
        ask();
        assertThat(skew()).isEmpty();
        words.server.clockAhead(Duration.ofSeconds(-60));
        ask();
        assertThat(skew()).isEmpty();
    }

    @Test
    void aClockThatIsBehindOrAheadIsMeasuredWhateverTheAnswer() {
        words.server.clockAhead(Duration.ofMinutes(7));
        ask();
        assertThat(skew()).contains(Duration.ofMinutes(-7));

        words.server.clockAhead(Duration.ofMinutes(-7)).nextToken(FakeAnswer.json(400, "{}"));
        words.of(() -> ask());
        assertThat(skew()).contains(Duration.ofMinutes(7));
    }

    @Test
    void aClockThatWasSetAgreesAgain() {
        words.server.clockAhead(Duration.ofHours(1));
        ask();
        words.clock.advance(Duration.ofHours(1));
        words.server.clockAhead(Duration.ZERO);
        ask();

        assertThat(skew()).isEmpty();
    }

    @Test
    void aWrongClockIsLoggedOnceForEachServer() {
        try (LogLines log = LogLines.of("io.mailroutes.oauth")) {
            words.server.clockAhead(Duration.ofMinutes(12));
            ask();
            ask();

            assertThat(log.lines())
                    .containsExactly("WARN The clock of this machine is 12 minutes behind that of "
                            + words.server.issuer().getRawAuthority()
                            + ": signed requests can be refused, and tokens end earlier or later than they seem to."
                            + " Set the clock (NTP).");
        }
    }

    @Test
    void discoveryAndDeviceRequestsAreMeasuredToo() {
        words.server.clockAhead(Duration.ofHours(2));
        new Discovery("support", words.server.issuer(), http, words.clock).metadata();

        assertThat(skew()).contains(Duration.ofHours(-2));
        assertThat(http.clockSkew(URI.create("https://another.example/"))).isEmpty();
    }

    @Test
    void whatACacheHasKeptForAnHourIsNoWrongClock() {
        words.server
                .clockAhead(Duration.ofHours(-1))
                .nextToken(FakeAnswer.of(400, "application/json", "{}", Map.of("Age", "3600")));
        words.of(() -> ask());

        assertThat(skew()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PT61S    | 61 seconds ahead of
            -PT2M59S | 179 seconds behind
            PT-12M   | 12 minutes behind
            PT5H     | 5 hours ahead of
            PT-96H   | 4 days behind
            """)
    void aDifferenceIsSaidAsExactlyAsAPersonNeedsIt(Duration ahead, String said) {
        assertThat(ClockSkew.words(ahead)).isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"'Sun, 01 Mar 2026 10:20:00 GMT', 300", "'Sun, 01 Mar 2026 10:15:00 GMT', 0", "30, 30"})
    void aDateToComeBackAtIsByTheServersClock(String value, long seconds) {
        words.server.clockAhead(Duration.ofMinutes(15)).nextToken(FakeAnswer.retryAfter(429, value));

        assertThat(catchThrowableOfType(TransientOAuthException.class, this::ask)
                        .retryAfter())
                .isEqualTo(Duration.ofSeconds(seconds));
    }
}
