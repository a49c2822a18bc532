package io.mailroutes.sasl;

import static io.mailroutes.sasl.SaslMechanism.OAUTHBEARER;
import static io.mailroutes.sasl.SaslMechanism.PLAIN;
import static io.mailroutes.sasl.SaslMechanism.XOAUTH2;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaslMechanismTest {
    @Test
    void xoauth2IsTheDocumentedLine() {
        assertThat(XOAUTH2.initialResponse("user@example.com", "ignored", 993, "tok"))
                .isEqualTo("dXNlcj11c2VyQGV4YW1wbGUuY29tAWF1dGg9QmVhcmVyIHRvawEB");
    }

    @Test
    void oauthbearerNamesHostAndPort() {
        assertThat(OAUTHBEARER.initialResponse("user@example.com", "server.example.com", 993, "tok"))
                .isEqualTo("bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9OTkzAWF1dGg9Qm"
                        + "VhcmVyIHRvawEB");
    }

    @Test
    void commaAndEqualsInAUserNameAreEscapedForOauthbearerOnly() {
        assertThat(decoded(OAUTHBEARER, "a=b,c")).startsWith("n,a=a=3Db=2Cc,\u0001");
        assertThat(decoded(XOAUTH2, "a=b,c")).startsWith("user=a=b,c\u0001");
    }

    @Test
    void plainSendsNoAuthorizationIdentity() {
        assertThat(decoded(PLAIN, "joe")).isEqualTo("\0joe\0secret");
    }

    @Test
    void aControlCharacterInTheUserNameIsRefusedBecauseItForgesAField() {
        for (String forged : List.of("joe\u0001auth=Bearer other", "joe\0", "joe\r\nX LOGOUT")) {
            for (SaslMechanism mechanism : SaslMechanism.values()) {
                assertThatThrownBy(() -> mechanism.initialResponse(forged, "host", 993, "tok"))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("user name");
            }
        }
    }

    @Test
    void aControlCharacterInTheTokenIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> XOAUTH2.initialResponse("joe", "host", 993, "canary\u0001\u0001"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void aChallengeIsAnsweredAsEachMechanismSays() {
        assertThat(XOAUTH2.answerToChallenge()).isEmpty();
        assertThat(OAUTHBEARER.answerToChallenge()).isEqualTo("AQ==");
        assertThat(PLAIN.answerToChallenge()).isEqualTo("*");
    }

    @Test
    void theOrderOfTheAccountDecidesAmongWhatIsAdvertised() {
        List<String> both = List.of("IMAP4rev1", "auth=xoauth2", "AUTH=OAUTHBEARER", "AUTH=PLAIN");
        assertThat(SaslMechanism.choose(both, List.of(OAUTHBEARER, XOAUTH2))).contains(OAUTHBEARER);
        assertThat(SaslMechanism.choose(both, List.of(XOAUTH2, OAUTHBEARER))).contains(XOAUTH2);
    }

    @Test
    void nothingIsChosenFromWhatIsNotAllowedOrOnlyLooksAlike() {
        assertThat(SaslMechanism.choose(List.of("AUTH=PLAIN", "AUTH=LOGIN"), List.of(XOAUTH2, OAUTHBEARER)))
                .isEmpty();
        assertThat(SaslMechanism.choose(List.of("AUTH=XOAUTH22", "XOAUTH2"), List.of(XOAUTH2)))
                .isEmpty();
        assertThat(SaslMechanism.choose(List.of(), List.of(SaslMechanism.values())))
                .isEmpty();
    }

    private static String decoded(SaslMechanism mechanism, String user) {
        return new String(Base64.getDecoder().decode(mechanism.initialResponse(user, "h", 1, "secret")), UTF_8);
    }
}
