package io.mailroutes.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.sasl.SaslVerdict.Kind;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaslVerdictTest {
    private static final String GMAIL =
            "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==";

    @Test
    void gmailsChallengeIsRead() {
        SaslChallenge challenge = SaslChallenge.parse(GMAIL);
        assertThat(challenge.status()).contains("400");
        assertThat(challenge.schemes()).contains("Bearer");
        assertThat(challenge.scope()).contains("https://mail.google.com/");
        assertThat(challenge.openidConfiguration()).isEmpty();
    }

    @Test
    void aNumberAndEscapesAreReadToo() {
        SaslChallenge challenge = SaslChallenge.parse(
                base64("{ \"status\" : 401, \"openid-configuration\":\"https:\\/\\/id.example.com\\/x\"}"));
        assertThat(challenge.status()).contains("401");
        assertThat(challenge.openidConfiguration()).contains("https://id.example.com/x");
    }

    @Test
    void garbageIsNoChallenge() {
        for (String garbage : List.of("", "  ", "%%%", base64("no json"), base64("{\"status\":"), base64("\0\u0001"))) {
            assertThat(SaslChallenge.parse(garbage)).isEqualTo(SaslChallenge.NONE);
        }
        assertThat(SaslChallenge.parse(base64("{\"status\":\"401\"}" + " ".repeat(20_000))))
                .isEqualTo(SaslChallenge.NONE);
    }

    @Test
    void aChallengeCannotForgeLinesNorFillAMessage() {
        SaslChallenge challenge = SaslChallenge.parse(
                base64("{\"scope\":\"a\u0001\r\nb\u0085c\",\"status\":\"" + "x y ".repeat(2500) + "\"}"));
        assertThat(challenge.scope()).contains("a b c");
        assertThat(challenge.status().orElse("")).hasSizeLessThan(210);
    }

    @Test
    void aRefusalAsksForANewTokenAndSaysStatusAndScope() {
        SaslVerdict verdict =
                SaslVerdict.of(SaslChallenge.parse(GMAIL), "[AUTHENTICATIONFAILED] Invalid credentials (Failure)");
        assertThat(verdict.kind()).isEqualTo(Kind.RETRY_WITH_NEW_TOKEN);
        assertThat(verdict.words()).contains("Invalid credentials", "status 400", "https://mail.google.com/");
    }

    @Test
    void whatNoTokenCuresIsRefusedAtOnce() {
        assertThat(SaslVerdict.of(SaslChallenge.NONE, "[ALERT] Web login required: go there")
                        .kind())
                .isEqualTo(Kind.REFUSED);
        assertThat(SaslVerdict.of(SaslChallenge.NONE, "[AUTHORIZATIONFAILED] no such mailbox for you")
                        .kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void aBusyServerIsNotBadCredentials() {
        for (String busy : List.of(
                "[ALERT] Too many simultaneous connections. (Failure)",
                "[LIMIT] slow down",
                "[UNAVAILABLE] Temporary System Problem (Failure)",
                "[OVERQUOTA] Account exceeded command or bandwidth limits.",
                "[INUSE] locked",
                "[SERVERBUG] oops",
                "Server Unavailable. 15")) {
            SaslVerdict verdict = SaslVerdict.of(SaslChallenge.NONE, busy);
            assertThat(verdict.kind()).as(busy).isEqualTo(Kind.BUSY);
            assertThat(verdict.retryAfter()).as(busy).isZero();
        }
    }

    @Test
    void exchangesBackOffIsObeyedUpToFiveMinutes() {
        assertThat(Throttling.in("Request is throttled. Suggested Backoff Time: 92415 milliseconds"))
                .contains(new Throttling(Duration.ofMillis(92_415)));
        assertThat(Throttling.in("Request is throttled. Suggested Backoff Time: 999999999 milliseconds"))
                .contains(new Throttling(Duration.ofMinutes(5)));
        assertThat(Throttling.in("AUTHENTICATE failed.")).isEmpty();
    }

    @Test
    void aServerThatEchoesTheTokenIsNotQuoted() {
        String token = "ya29." + "aB3".repeat(40);
        assertThat(SaslVerdict.of(SaslChallenge.NONE, "bad token " + token).words())
                .doesNotContain("aB3aB3")
                .contains("***");
        assertThat(ServerText.clean("bad tok-1 here", "tok-1")).isEqualTo("bad *** here");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
