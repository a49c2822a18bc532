package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole message that whoever is called at night reads, for each way in which a server refuses a token. */
class TokenRefusalWordsTest {
    private static final String INACTIVE =
            "{\"error\":\"invalid_grant\",\"error_description\":\"Token is not active\"}";
    private static final String ENTRA =
            "{\"error\":\"invalid_client\",\"error_codes\":[7000222],\"error_description\":\""
                    + "AADSTS7000222: The provided client secret keys for app 'app' are expired. Trace ID: 0a1b\"}";

    private final Words words = new Words();

    @AfterEach
    void close() {
        words.close();
    }

    @Test
    void aRefreshTokenThatIsUsedTwice() {
        String first = words.server.newRefreshToken("app");
        words.exchange(Words.refresh(first));

        assertThat(words.of(Words.refresh(first))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 400, invalid_grant: Maximum allowed refresh token reuse exceeded. The refresh token was \
                        used twice: by another program or another installation with the same tokens, by a restored \
                        backup, or because an answer was lost. Let one alone use them. The mailbox owner has to consent \
                        again: mailroutes login support (with grant=refresh-token set a new \
                        mailroutes.accounts.support.refresh-token).""");
    }

    @Test
    void theFamilyOfARefreshTokenThatWasUsedTwice() {
        String first = words.server.newRefreshToken("app");
        String second = words.exchange(Words.refresh(first))
                .refreshToken()
                .orElseThrow()
                .reveal();
        words.of(Words.refresh(first));
        assertThat(words.of(Words.refresh(second))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 400, invalid_grant: Token has been expired or revoked. Google ends a consent when the owner \
                        withdraws it or changes the password, after 6 months without use, when more than 100 newer ones \
                        exist for this client, and after 7 days while the consent screen is in Testing (then publish it \
                        first). The mailbox owner has to consent again: mailroutes login support (with \
                        grant=refresh-token set a new mailroutes.accounts.support.refresh-token).""");
    }

    @Test
    void aRevokedRefreshToken() {
        String token = words.server.newRefreshToken("app");
        words.server.revoke(token);
        assertThat(words.of(Words.refresh(token))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 400, invalid_grant: Token has been expired or revoked. Google ends a consent when the owner \
                        withdraws it or changes the password, after 6 months without use, when more than 100 newer ones \
                        exist for this client, and after 7 days while the consent screen is in Testing (then publish it \
                        first). The mailbox owner has to consent again: mailroutes login support (with \
                        grant=refresh-token set a new mailroutes.accounts.support.refresh-token).""");
    }

    @Test
    void aRedirect() {
        assertThat(words.of(FakeAnswer.redirect(307, URI.create("https://elsewhere.example/token?private=1"))))
                .isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 307, a redirect to https://elsewhere.example/token. Redirects are not followed, because \
                        they would hand over the secret: set mailroutes.accounts.support.token-endpoint or \
                        mailroutes.accounts.support.issuer to the final address.""");
    }

    @Test
    void aWebPageOfAFirewall() {
        assertThat(words.of(FakeAnswer.html(403))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 403, a web page (HTML) and no reason. Access is forbidden: a firewall or a policy stands in \
                        the way. Ask whoever runs this network or the mail domain.""");
    }

    @Test
    void aWebPageOfMaintenance() {
        assertThat(words.of(FakeAnswer.html(503))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 503, a web page (HTML) and no reason. It will be tried again.""");
    }

    @Test
    void aRefusalWithoutAReason() {
        assertThat(words.of(FakeAnswer.json(400, ""))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 400. The server gives no reason that is known here: ask whoever runs it, and check \
                        mailroutes.accounts.support.token-endpoint or mailroutes.accounts.support.issuer.""");
    }

    @Test
    void aServerThatIsAskedTooOften() {
        assertThat(words.of(FakeAnswer.retryAfter(429, "120"))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 429, temporarily_unavailable. It will be tried again. The server asked to be left alone for \
                        120 seconds.""");
    }

    @Test
    void aServerThatNamesTheTimeOfItsReturn() {
        assertThat(words.of(FakeAnswer.retryAfter(503, "Sun, 01 Mar 2026 10:20:00 GMT")))
                .isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 503, temporarily_unavailable. It will be tried again. The server asked to be left alone for \
                        20 minutes.""");
    }

    @Test
    void aWrongSecret() {
        Accounts account = Accounts.at(words.server.tokenEndpoint()).client("app", Optional.of("CANARY"));
        assertThat(words.of(account, Words.OWN)).isEqualTo("""
                        Account support: the token request (client_credentials) to https://SERVER/token was answered \
                        with HTTP 401, invalid_client. The client id or secret is wrong, expired or deleted: check \
                        mailroutes.accounts.support.client-id and mailroutes.accounts.support.client-secret.""");
    }

    @Test
    void anExpiredSecretOfEntra() {
        assertThat(words.of(FakeAnswer.json(401, ENTRA), Words.OWN)).isEqualTo("""
                        Account support: the token request (client_credentials) to https://SERVER/token was answered \
                        with HTTP 401, invalid_client: AADSTS7000222: The provided client secret keys for app 'app' are \
                        expired. Trace ID: 0a1b. The client secret has expired: create a new one in Entra (Certificates \
                        & secrets) and set mailroutes.accounts.support.client-secret.""");
    }

    @Test
    void aWrongClock() {
        words.server.clockAhead(Duration.ofMinutes(12));
        assertThat(words.of(FakeAnswer.json(400, INACTIVE))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 400, invalid_grant: Token is not active. The clock of this machine is 12 minutes behind the \
                        server's, which can be the reason: set it (NTP). The session of this login has ended at the \
                        server (Keycloak: SSO Session Idle or Max). It lasts longer with offline_access in \
                        mailroutes.accounts.support.scope. The mailbox owner has to consent again: mailroutes login \
                        support (with grant=refresh-token set a new mailroutes.accounts.support.refresh-token).""");
    }

    @Test
    void aWrongClockWhereItDoesNotMatter() {
        words.server.clockAhead(Duration.ofMinutes(12));
        assertThat(words.of(FakeAnswer.json(400, "{\"error\":\"invalid_scope\"}")))
                .isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered with \
                        HTTP 400, invalid_scope. The server does not know or allow the scope: check \
                        mailroutes.accounts.support.scope. Google wants https://mail.google.com/ with the slash, \
                        Microsoft https://outlook.office365.com/.default for client credentials.""");
    }
}
