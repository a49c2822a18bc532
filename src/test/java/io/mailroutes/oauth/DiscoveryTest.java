package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import io.mailroutes.testing.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryTest {
    private static final Grant OWN = new Grant.ClientCredentials();

    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server =
            new FakeAuthorizationServer(clock).client("app", "s3cret", "joe@example.com");

    @AfterEach
    void close() {
        server.close();
    }

    private TokenEndpoint endpoint(URI issuer) {
        return new TokenEndpoint(
                "support",
                Accounts.at(server.tokenEndpoint()).issuer(issuer).oauth(),
                new OAuthHttp(Optional.empty(), HttpLimits.DEFAULT),
                clock);
    }

    private PermanentOAuthException refused() {
        TokenEndpoint endpoint = endpoint(server.issuer());
        return catchThrowableOfType(PermanentOAuthException.class, () -> endpoint.exchange(OWN));
    }

    @Test
    void theDocumentIsAskedForOnceAndNotBeforeTheFirstTokenRequest() {
        TokenEndpoint endpoint = endpoint(server.issuer());
        assertThat(server.requests(Kind.DISCOVERY)).isZero();

        endpoint.exchange(OWN);
        endpoint.exchange(OWN);

        assertThat(server.requests(Kind.DISCOVERY)).isEqualTo(1);
        assertThat(server.tokensIssued()).hasSize(2);
    }

    @Test
    void aConfiguredEndpointNeedsNoDiscovery() {
        new TokenEndpoint(
                        "support",
                        Accounts.at(server.tokenEndpoint()).oauth(),
                        new OAuthHttp(Optional.empty(), HttpLimits.DEFAULT),
                        clock)
                .exchange(OWN);

        assertThat(server.requests(Kind.DISCOVERY)).isZero();
    }

    @Test
    void theWellKnownPathComesAfterTheIssuersPathAndThenBeforeIt() {
        URI issuer = URI.create(server.issuer() + "/realms/mail");
        server.nextDiscovery(FakeAnswer.json(404, "{}")).discovery("issuer", issuer.toString());

        endpoint(issuer).exchange(OWN);

        assertThat(server.discoveryPaths())
                .containsExactly(
                        "/realms/mail/.well-known/openid-configuration",
                        "/.well-known/oauth-authorization-server/realms/mail");
    }

    @Test
    void aSlashAtTheEndOfTheIssuerIsNotDoubled() {
        URI issuer = URI.create(server.issuer() + "/");
        server.discovery("issuer", issuer.toString());

        endpoint(issuer).exchange(OWN);

        assertThat(server.discoveryPaths()).containsExactly("/.well-known/openid-configuration");
    }

    @Test
    void aServerThatSaysItHasPostOnlyGetsPost() {
        server.discovery("token_endpoint_auth_methods_supported", List.of("client_secret_post", "private_key_jwt"));

        endpoint(server.issuer()).exchange(OWN);

        assertThat(server.tokenRequestLog().get(0).form()).containsKey("client_secret");
    }

    @Test
    void theDocumentOfAnotherIssuerIsRefusedAndBothAreNamed() {
        server.discovery("issuer", "https://evil.example");

        assertThat(refused())
                .hasMessageContaining("https://evil.example")
                .hasMessageContaining(server.issuer().toString());
        assertThat(server.tokenRequests()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "http://login.example.com/token,must begin with https://",
        "token,has no host name",
        "'https://bad host/',is not an address",
        "https://u:p@login.example.com/token,must have neither a user name"
    })
    void anEndpointThatIsNotSafeIsRefused(String endpoint, String reason) {
        server.discovery("token_endpoint", endpoint);

        assertThat(refused()).hasMessageContaining("its token_endpoint " + reason);
    }

    @Test
    void aDocumentWithoutATokenEndpointIsRefused() {
        server.discovery("token_endpoint", "");

        assertThat(refused()).hasMessageContaining("names no token_endpoint");
    }

    @Test
    void aWebPageInsteadOfTheDocumentIsRefusedAndPasses() {
        server.nextDiscovery(FakeAnswer.html(200));
        TokenEndpoint endpoint = endpoint(server.issuer());

        assertThatThrownBy(() -> endpoint.exchange(OWN))
                .isInstanceOf(TransientOAuthException.class)
                .hasMessageContaining("a web page (HTML)");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.nextDiscovery(FakeAnswer.redirect(302, URI.create("https://evil.example/")));

        assertThat(refused()).hasMessageContaining("Redirects are not followed");
    }

    @Test
    void aMissingDocumentIsAConfigurationError() {
        server.nextDiscovery(FakeAnswer.json(404, "{}")).nextDiscovery(FakeAnswer.json(404, "{}"));

        assertThat(refused())
                .hasMessageContaining("mailroutes.accounts.support.issuer")
                .hasMessageContaining("oauth-authorization-server");
    }

    @Test
    void aPassingFailureIsNotRemembered() {
        server.nextDiscovery(FakeAnswer.json(503, "{}"));
        TokenEndpoint endpoint = endpoint(server.issuer());
        assertThat(catchThrowableOfType(TransientOAuthException.class, endpoint::locate))
                .isNotNull();

        assertThat(endpoint.exchange(OWN)).isNotNull();
    }

    @Test
    void anEndpointElsewhereIsRefusedUnlessItIsConfigured() {
        server.discovery("token_endpoint", "https://tokens.example.com/token");

        assertThat(refused())
                .hasMessageContaining(
                        "its token_endpoint is at tokens.example.com, which is not of the issuer's domain")
                .hasMessageContaining("set mailroutes.accounts.support.token-endpoint to it");
    }

    @Test
    void anOddEndpointThatNobodyNeedsHurtsNobody() {
        server.discovery("revocation_endpoint", "https://elsewhere.example/revoke");

        assertThat(endpoint(server.issuer()).exchange(OWN)).isNotNull();
    }

    @Test
    void aDocumentWithoutEndIsCutOff() {
        server.nextDiscovery(FakeAnswer.huge(64L << 20));

        assertThat(catchThrowableOfType(
                        OAuthException.class, () -> endpoint(server.issuer()).exchange(OWN)))
                .hasMessageContaining("256 KiB");
        assertThat(server.tokenRequests()).isZero();
    }

    @Test
    void aDocumentThatDripsInIsNotWaitedFor() {
        server.nextDiscovery(FakeAnswer.drip());
        HttpLimits quick = new HttpLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1024);
        TokenEndpoint endpoint = new TokenEndpoint(
                "support",
                Accounts.at(server.tokenEndpoint()).issuer(server.issuer()).oauth(),
                new OAuthHttp(Optional.empty(), quick),
                clock);

        assertThatThrownBy(() -> endpoint.exchange(OWN))
                .isInstanceOf(TransientOAuthException.class)
                .hasMessageContaining("the discovery request");
    }

    @Test
    void anIssuerInClearIsNotAsked() {
        TokenEndpoint endpoint = endpoint(URI.create("http://login.example.com"));

        assertThat(catchThrowableOfType(PermanentOAuthException.class, endpoint::locate))
                .hasMessageContaining("mailroutes.accounts.support.issuer must begin with https://");
    }
}
