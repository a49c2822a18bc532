package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.Secret;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthErrorsTest {
    private static final Attempt ATTEMPT = new Attempt(
            "support",
            "the token request (refresh_token)",
            Optional.of(URI.create("https://login.example/token?tenant=private")),
            List.of(Secret.of("CANARY+secret"), Secret.of("CANARY-token")));

    static Stream<Arguments> brokenNetworks() {
        return Stream.of(
                network(new ConnectException(), new UnresolvedAddressException(), "host name is unknown"),
                network(new ConnectException("refused"), null, "connection was refused"),
                network(new HttpConnectTimeoutException("slow"), null, "no connection was made in time"),
                network(new HttpTimeoutException("slow"), null, "did not answer in time"),
                network(new NoRouteToHostException(), null, "no route"),
                network(new SSLHandshakeException("PKIX"), new CertPathBuilderException(), "trusted authority"),
                network(new SSLHandshakeException("name"), new CertificateException(), "another host name"),
                network(
                        new SSLHandshakeException("old"),
                        new CertificateExpiredException(),
                        "has expired (or this machine's clock is wrong)"),
                network(
                        new SSLHandshakeException("new"),
                        new CertificateNotYetValidException(),
                        "not valid yet (or this machine's clock is wrong)"),
                network(new SSLException("Unsupported or unrecognized SSL message"), null, "TLS failed"),
                network(new IOException("HTTP/1.1 CANARY"), null, "connection broke"));
    }

    private static Arguments network(IOException failure, Exception cause, String words) {
        if (cause != null) {
            failure.initCause(cause);
        }
        return Arguments.of(failure, words);
    }

    @ParameterizedTest
    @MethodSource("brokenNetworks")
    void aBrokenNetworkIsTransientAndSaidInWords(IOException reason, String words) {
        OAuthException failure = OAuthErrors.classify(ATTEMPT, new Failure.Unreachable(reason));

        assertThat(failure)
                .isInstanceOf(TransientOAuthException.class)
                .hasMessageContaining(words)
                .hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("CANARY", "PKIX");
    }

    @Test
    void theWaitThatTheServerAskedForIsKept() {
        OAuthException failure =
                OAuthErrors.classify(ATTEMPT, new Failure.Refused(429, Duration.ofSeconds(7), ServerError.NONE));

        assertThat(failure)
                .isInstanceOfSatisfying(TransientOAuthException.class, later -> assertThat(later.retryAfter())
                        .isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void whatTheServerSaysIsOneShortLineWithoutOurSecrets() {
        String description =
                "line\r\nFORGED \u202Eevil\u0000 you sent CANARY-token and CANARY%2Bsecret " + "x".repeat(900);
        ServerError said = new ServerError("invalid_grant", description, "", List.of());

        String message = OAuthErrors.classify(ATTEMPT, new Failure.Refused(400, Duration.ZERO, said))
                .getMessage();

        assertThat(message).doesNotContain("\n", "\r", "\u202E", "\u0000", "CANARY");
        assertThat(message).contains("you sent *** and ***").hasSizeLessThan(800);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant=private", "?"})
    void theQueryOfTheAddressIsNotTold(String part) {
        assertThat(OAuthErrors.classify(ATTEMPT, new Failure.Malformed("it is odd")))
                .hasMessageContaining("https://login.example/token was answered wrongly: it is odd. ")
                .satisfies(failure ->
                        assertThat(failure.getMessage().substring(0, 90)).doesNotContain(part));
    }
}
