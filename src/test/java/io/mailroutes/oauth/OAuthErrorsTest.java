package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthErrorsTest {
    private static final Attempt ATTEMPT = new Attempt(
            "support",
            "the token request (refresh_token)",
            Optional.of(URI.create("https://login.example/token?tenant=private")),
            List.of(Secret.of("CANARY+secret"), Secret.of("CANARY-token")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | invalid_grant           |               |         | RECONSENT     | refresh token has expired, was revoked
            400 | invalid_grant           | invalid_rapt  |         | RECONSENT     | Google's session control
            400 | interaction_required    |               |         | RECONSENT     | consent again
            400 | consent_required        |               |         | RECONSENT     | consent again
            400 | login_required          |               |         | RECONSENT     | consent again
            400 | invalid_client          |               |         | CONFIGURATION | mailroutes.accounts.support.client-secret
            401 | invalid_client          |               | 7000215 | CONFIGURATION | not to its id
            401 | invalid_client          |               | 7000222 | CONFIGURATION | secret has expired: create a new one
            400 | unauthorized_client     |               |         | CONFIGURATION | mailroutes.accounts.support.grant
            400 | unauthorized_client     |               | 700016  | CONFIGURATION | mailroutes.accounts.support.tenant
            400 | unsupported_grant_type  |               |         | CONFIGURATION | mailroutes.accounts.support.grant
            400 | invalid_scope           |               |         | CONFIGURATION | https://mail.google.com/
            400 | invalid_request         |               |         | CONFIGURATION | dislikes a parameter
            400 | invalid_request         |               | 90002   | CONFIGURATION | no such tenant
            400 | invalid_request         |               | 9001023 | CONFIGURATION | not common
            401 | invalid_client          |               | 7000218 | CONFIGURATION | needs a secret
            401 | invalid_client          |               | 700025  | CONFIGURATION | must not send a secret
            400 | invalid_target          |               |         | CONFIGURATION | mailroutes.accounts.support.resource
            401 | deleted_client          |               |         | CONFIGURATION | client was deleted
            403 | access_denied           |               |         | ADMINISTRATOR | administrator has to allow
            400 | admin_policy_enforced   |               |         | ADMINISTRATOR | administrator has to allow
            400 | invalid_grant           |               | 53003   | ADMINISTRATOR | Conditional Access
            400 | invalid_grant           | bad_token     | 700082  | RECONSENT     | sign in again
            400 | invalid_grant           |               | 50173   | RECONSENT     | sign in again
            400 | invalid_grant           |               | 65001   | RECONSENT     | sign in again
            400 | invalid_grant           |               | 999999  | RECONSENT     | refresh token has expired
            400 | never_heard_of          |               |         | PROTOCOL      | never_heard_of
            400 |                         |               |         | PROTOCOL      | HTTP 400
            401 |                         |               |         | CONFIGURATION | not recognised
            403 |                         |               |         | ADMINISTRATOR | forbidden
            404 |                         |               |         | CONFIGURATION | address is wrong
            405 |                         |               |         | CONFIGURATION | address is wrong
            302 |                         |               |         | CONFIGURATION | Redirects are not followed
            307 |                         |               |         | CONFIGURATION | Redirects are not followed
            """)
    void aRefusalThatAPersonMustLiftIsPermanentAndSaysWhose(
            int status, String error, String detail, Integer number, Kind kind, String advice) {
        OAuthException failure = refused(status, error, detail, number);

        assertThat(failure)
                .isInstanceOfSatisfying(PermanentOAuthException.class, permanent -> assertThat(permanent.kind())
                        .isEqualTo(kind));
        assertThat(failure).hasMessageContaining(advice).hasMessageStartingWith("Account support: the token request");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            408 |                         |
            425 |                         |
            429 | invalid_client          |
            500 | invalid_grant           |
            502 |                         |
            503 |                         |
            504 |                         |
            400 | temporarily_unavailable |
            400 | server_error            |
            400 | slow_down               |
            400 | internal_failure        |
            400 | invalid_grant           | 90033
            400 | invalid_grant           | 50196
            """)
    void aRefusalThatPassesByItselfIsTransient(int status, String error, Integer number) {
        assertThat(refused(status, error, "", number)).isInstanceOf(TransientOAuthException.class);
    }

    private static OAuthException refused(int status, String error, String detail, Integer number) {
        ServerError said = new ServerError(
                Optional.ofNullable(error).orElse(""),
                "",
                Optional.ofNullable(detail).orElse(""),
                Optional.ofNullable(number).map(List::of).orElse(List.of()));
        return OAuthErrors.classify(ATTEMPT, new Failure.Refused(status, Duration.ZERO, said));
    }

    static Stream<Arguments> brokenNetworks() {
        return Stream.of(
                network(new ConnectException(), new UnresolvedAddressException(), "host name is unknown"),
                network(new ConnectException("refused"), null, "connection was refused"),
                network(new HttpConnectTimeoutException("slow"), null, "no connection was made in time"),
                network(new HttpTimeoutException("slow"), null, "did not answer in time"),
                network(new NoRouteToHostException(), null, "no route"),
                network(new SSLHandshakeException("PKIX"), new CertPathBuilderException(), "trusted authority"),
                network(new SSLHandshakeException("name"), new CertificateException(), "another host name"),
                network(new SSLHandshakeException("old"), new CertificateExpiredException(), "has expired"),
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
