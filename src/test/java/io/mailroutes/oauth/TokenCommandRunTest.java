package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.TokenCommand;
import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TokenCommandRunTest {
    private final SettableClock clock = new SettableClock();

    /** The shell is the program here; what it runs is an argument like any other. */
    private AccessToken run(String script) throws InterruptedException {
        return run(script, TokenCommandRun.LONGEST_RUN);
    }

    private AccessToken run(String script, Duration limit) throws InterruptedException {
        return new TokenCommandRun("support", new TokenCommand(List.of("sh", "-c", script)), clock, limit).run();
    }

    private PermanentOAuthException permanent(String script) {
        return catchThrowableOfType(PermanentOAuthException.class, () -> run(script));
    }

    private TransientOAuthException passing(String script) {
        return catchThrowableOfType(TransientOAuthException.class, () -> run(script));
    }

    @Test
    void aTokenAloneIsGoodForFiveMinutes() throws InterruptedException {
        AccessToken token = run("echo; echo ' ya29.token '");

        assertThat(token.value().reveal()).isEqualTo("ya29.token");
        assertThat(token.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "expires_in": 120                          | 2026-03-01T10:02:00Z
            "expires_in": "120"                        | 2026-03-01T10:02:00Z
            "expires_at": 1772361600                   | 2026-03-01T10:40:00Z
            "expires_at": "2026-03-01T11:00:00+00:30"  | 2026-03-01T10:30:00Z
            "expiry": "2026-03-01T10:20:00.5Z"         | 2026-03-01T10:20:00.5Z
            "other": 1                                 | 2026-03-01T10:05:00Z
            """)
    void jsonSaysWhenTheTokenEnds(String member, Instant end) throws InterruptedException {
        AccessToken token = run("echo '{\"access_token\": \"t\", " + member + "}'");

        assertThat(token.value().reveal()).isEqualTo("t");
        assertThat(token.expiresAt()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            true                                                 | it printed nothing
            echo CANARY and more                                 | it printed something else than a token alone
            printf 'CANARY\\nCANARY'                             | it printed something else than a token alone
            echo '{\"access_token\": \"CANARY\"'                 | it begins like JSON, but is not one well-formed object
            echo '{\"token\": \"CANARY\"}'                       | it has no access_token
            echo '{\"access_token\": \"CANARY\", \"expires_in\": \"x\"}' | its expires_in is no number of seconds
            echo '{\"access_token\": \"CANARY\", \"expiry\": \"x\"}'     | its expiry is no date such as 2026-11-23T10:00:00Z
            head -c 70000 /dev/zero                              | it printed more than 64 KiB
            """)
    void whatIsNoTokenIsRefusedWithoutShowingIt(String script, String words) {
        assertThat(permanent(script))
                .hasMessageContaining("Account support: the command sh gave no token: " + words)
                .hasMessageContaining("correct mailroutes.accounts.support.command")
                .hasMessageNotContaining("CANARY");
    }

    @Test
    void aTokenThatHasEndedIsNotTaken() {
        assertThat(passing("echo '{\"access_token\": \"CANARY\", \"expiry\": \"2026-03-01T09:00:00Z\"}'"))
                .hasMessage(
                        "Account support: the command sh printed a token that ended at 2026-03-01T09:00:00Z. It will"
                                + " be tried again.");
    }

    @Test
    void aFailureIsToldInTheProgramsWordsAndItsOutputIsHidden() {
        assertThat(passing("echo CANARY-token; printf 'no network\\n\\033[31mfor CANARY-token\\n' >&2; exit 7"))
                .hasMessageContaining("the command sh ended with exit code 7: no network [31mfor ***. It will be tried")
                .hasMessageNotContaining("CANARY");
        assertThat(passing("exit 1")).hasMessageContaining("ended with exit code 1 and no word of why");
    }

    @Test
    void anArgumentThatTheProgramRepeatsIsHidden() {
        TokenCommandRun run = new TokenCommandRun(
                "support",
                new TokenCommand(List.of("sh", "-c", "echo \"bad $0\" >&2; exit 1", "CANARY-password")),
                clock);

        assertThat(catchThrowableOfType(TransientOAuthException.class, run::run))
                .hasMessageContaining("exit code 1: bad ***")
                .hasMessageNotContaining("CANARY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep 60", "echo token; sleep 60"})
    void aProgramThatDoesNotEndIsStopped(String script) {
        long start = System.nanoTime();

        assertThat(catchThrowableOfType(TransientOAuthException.class, () -> run(script, Duration.ofSeconds(1))))
                .hasMessageContaining("did not end within 1 s and was stopped; does it wait for somebody to type?");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aProgramThatSaysALotOnTheSideDoesNotBlock() throws InterruptedException {
        assertThat(run("head -c 300000 /dev/zero >&2; echo t").value().reveal()).isEqualTo("t");
    }

    @Test
    void itHasNoInputToWaitFor() throws InterruptedException {
        assertThat(run("read x; echo t").value().reveal()).isEqualTo("t");
    }

    @Test
    void aProgramThatIsNotThereIsNamedWithoutItsArguments() {
        TokenCommandRun run =
                new TokenCommandRun("support", new TokenCommand(List.of("/no/such/program", "CANARY")), clock);

        assertThat(catchThrowableOfType(PermanentOAuthException.class, run::run))
                .hasMessageContaining("the command /no/such/program cannot be started")
                .hasMessageNotContaining("CANARY");
    }
}
