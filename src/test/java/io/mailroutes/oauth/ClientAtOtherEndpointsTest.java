package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.AssertionSource;
import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.SignedAccounts;
import io.mailroutes.testing.SigningKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** At the device and revocation endpoints a client proves itself as it does for tokens (RFC 8628, 3.1; RFC 7009, 2.1). */
class ClientAtOtherEndpointsTest {
    private static final SigningKeys KEYS = SigningKeys.at(new SettableClock().instant());

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server = new FakeAuthorizationServer(clock);
    private final Accounts account = Accounts.at(server.tokenEndpoint());

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "BASIC", "POST"})
    void aSecretIsShownAtBoth(ClientAuthentication how) {
        server.client("app", "s3cret", "joe@example.com");
        bothWork(account.authentication(how).oauth());
    }

    @Test
    void aServerThatTakesPostAloneGetsPost() {
        server.client("app", "s3cret", "joe@example.com")
                .discovery("token_endpoint_auth_methods_supported", List.of("client_secret_post"))
                .discovery(
                        "device_authorization_endpoint", server.deviceEndpoint().toString());
        bothWork(account.issuer(server.issuer()).oauth());

        assertThat(server.formsElsewhere()).allMatch(form -> form.containsKey("client_secret"));
    }

    @Test
    void aSignedAssertionIsShownAtBothAndIsNewEachTime() throws IOException {
        KEYS.keyFile(directory.resolve("key.pem"));
        KEYS.certificateFile(directory.resolve("certificate.pem"));
        server.publicClient("app", "joe@example.com")
                .assertions()
                .client(
                        "app",
                        KEYS.certificate(),
                        "PS256",
                        server.tokenEndpoint().toString());
        bothWork(SignedAccounts.client(
                account, SignedAccounts.key(directory.resolve("key.pem"), directory.resolve("certificate.pem"))));

        assertThat(server.formsElsewhere().stream().map(form -> form.get("client_assertion")))
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void aFederatedAssertionIsShownAtBoth() throws IOException {
        SigningKeys.closed(directory.resolve("assertion.jwt"), federated());
        server.publicClient("app", "joe@example.com").assertions().federated("app", federated());
        bothWork(SignedAccounts.client(account, new AssertionSource.TokenFile(directory.resolve("assertion.jwt"))));
    }

    @Test
    void aWrongSecretIsRefusedAndNothingIsRevoked() {
        server.client("app", "another", "joe@example.com");
        String token = server.newRefreshToken("app");
        AuthorizationServer asked = authorizationServer(account.oauth());

        assertThat(catchThrowableOfType(
                        PermanentOAuthException.class,
                        () -> asked.revoke(server.revocationEndpoint(), Secret.of(token))))
                .hasMessageContaining("the revocation request")
                .hasMessageContaining("mailroutes.accounts.support.client-secret")
                .hasMessageNotContaining(token);
        assertThat(catchThrowableOfType(PermanentOAuthException.class, () -> device(asked)))
                .hasMessageContaining("the device authorization request");
    }

    @Test
    void aWrongClockIsNamedWhereAnAssertionIsRefused() throws IOException {
        KEYS.keyFile(directory.resolve("key.pem"));
        server.publicClient("app", "joe@example.com")
                .assertions()
                .client("app", KEYS.publicKey(), server.tokenEndpoint().toString());
        SettableClock wrong = new SettableClock();
        wrong.advance(Duration.ofHours(2));
        AuthorizationServer asked = authorizationServer(
                SignedAccounts.client(
                        account,
                        SignedAccounts.key(
                                directory.resolve("key.pem"),
                                KEYS.certificateFile(directory.resolve("certificate.pem")))),
                wrong);

        assertThat(catchThrowableOfType(PermanentOAuthException.class, () -> device(asked)))
                .hasMessageContaining("The clock of this machine is 120 minutes ahead");
    }

    private void bothWork(OAuthClient client) {
        AuthorizationServer asked = authorizationServer(client);
        String token = server.newRefreshToken("app");

        assertThat(device(asked).userCode()).isEqualTo("WDJB-MJHT");
        asked.revoke(server.revocationEndpoint(), Secret.of(token));
        assertThat(server.requests(Kind.REVOCATION)).isEqualTo(1);
        assertThat(server.formsElsewhere())
                .extracting(form -> form.get("client_id"))
                .containsOnly("app");
        Map<String, String> last = server.formsElsewhere().get(1);
        assertThat(last).containsEntry("token", token).containsEntry("token_type_hint", "refresh_token");
    }

    private static DeviceAuthorization device(AuthorizationServer asked) {
        return DeviceAuthorization.ask(asked, new SecureRandom());
    }

    private AuthorizationServer authorizationServer(OAuthClient plain) {
        return authorizationServer(plain, clock);
    }

    private AuthorizationServer authorizationServer(OAuthClient plain, SettableClock ours) {
        OAuthClient client = new OAuthClient(
                plain.issuer(),
                plain.authorizationEndpoint(),
                plain.tokenEndpoint(),
                Optional.of(server.deviceEndpoint()),
                Optional.of(server.revocationEndpoint()),
                plain.clientId(),
                plain.clientSecret(),
                plain.clientSecretExpires(),
                plain.authentication(),
                plain.scope(),
                plain.audience(),
                plain.resource(),
                plain.authorizationParameters(),
                plain.tokenParameters(),
                plain.refreshToken(),
                plain.assertion(),
                plain.subject(),
                plain.consent());
        return new AuthorizationServer("support", client, new OAuthHttp(Optional.empty(), HttpLimits.DEFAULT), ours);
    }

    private static String federated() {
        return "eyJhbGciOiJSUzI1NiJ9.e30.c2ln";
    }
}
