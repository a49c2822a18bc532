package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mailroutes.account.AssertionAudience;
import io.mailroutes.account.AssertionSource;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.account.SignatureAlgorithm;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.SignedAccounts;
import io.mailroutes.testing.SigningKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code private_key_jwt} and federated assertions against a server that verifies them. */
class SignedRequestsTest {
    private static final Instant NOW = new SettableClock().instant();
    private static final SigningKeys KEYS = SigningKeys.at(NOW);
    private static final SigningKeys OTHERS = SigningKeys.at(NOW);
    private static final Grant OWN = new Grant.ClientCredentials();

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server =
            new FakeAuthorizationServer(clock).publicClient("app", "joe@example.com");
    private final Accounts account = Accounts.at(server.tokenEndpoint());

    @BeforeEach
    void files() throws IOException {
        KEYS.keyFile(directory.resolve("key.pem"));
        KEYS.certificateFile(directory.resolve("certificate.pem"));
        server.assertions()
                .client(
                        "app",
                        KEYS.certificate(),
                        "PS256",
                        server.tokenEndpoint().toString());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private AssertionSource.KeyFile certified() {
        return SignedAccounts.key(directory.resolve("key.pem"), directory.resolve("certificate.pem"));
    }

    private TokenEndpoint endpoint(AssertionSource source) {
        return endpoint(SignedAccounts.client(account, source));
    }

    private TokenEndpoint endpoint(OAuthClient client) {
        return new TokenEndpoint("support", client, new OAuthHttp(Optional.empty(), HttpLimits.DEFAULT), clock);
    }

    private PermanentOAuthException permanent(AssertionSource source) {
        return catchThrowableOfType(
                PermanentOAuthException.class, () -> endpoint(source).exchange(OWN));
    }

    private TransientOAuthException passing(AssertionSource source) {
        return catchThrowableOfType(
                TransientOAuthException.class, () -> endpoint(source).exchange(OWN));
    }

    @Test
    void aCertifiedKeyTakesThePlaceOfASecretAndEachAssertionIsNew() {
        TokenEndpoint endpoint = endpoint(certified());

        assertThat(server.isLive(endpoint.exchange(OWN).accessToken().value().reveal()))
                .isTrue();
        assertThat(server.isLive(endpoint.exchange(OWN).accessToken().value().reveal()))
                .isTrue();
        assertThat(server.tokenRequestLog())
                .allSatisfy(request -> assertThat(request.authorization()).isEmpty())
                .extracting(request -> request.form().get("client_assertion"))
                .doesNotHaveDuplicates();
    }

    @Test
    void aRefreshIsSignedToo() {
        Secret token = Secret.of(server.newRefreshToken("app"));

        assertThat(endpoint(certified()).exchange(new Grant.RefreshToken(token)).refreshToken())
                .isPresent()
                .isNotEqualTo(Optional.of(token));
    }

    @Test
    void aServerThatNamesItsIssuerAsAudienceGetsIt() {
        server.assertions().client("app", KEYS.publicKey(), server.issuer().toString());
        AssertionSource source = new AssertionSource.KeyFile(
                directory.resolve("key.pem"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SignatureAlgorithm.RS256,
                AssertionAudience.ISSUER);

        TokenEndpoint endpoint = endpoint(SignedAccounts.client(account.issuer(server.issuer()), source));

        assertThat(endpoint.exchange(OWN)).isNotNull();
    }

    @Test
    void theKeyIdIsInTheHeader() throws ParseException {
        server.assertions()
                .client("app", KEYS.publicKey(), server.tokenEndpoint().toString());
        endpoint(SignedAccounts.key(directory.resolve("key.pem"))).exchange(OWN);

        String assertion = server.tokenRequestLog().get(0).form().get("client_assertion");
        assertThat(SignedJWT.parse(assertion).getHeader().getKeyID()).isEqualTo("key-1");
    }

    @Test
    void aRenewedKeyIsUsedAtOnce() throws IOException {
        TokenEndpoint endpoint = endpoint(certified());
        endpoint.exchange(OWN);
        OTHERS.keyFile(directory.resolve("key.pem"));
        OTHERS.certificateFile(directory.resolve("certificate.pem"));
        server.assertions()
                .client(
                        "app",
                        OTHERS.certificate(),
                        "PS256",
                        server.tokenEndpoint().toString());

        assertThat(endpoint.exchange(OWN)).isNotNull();
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsNamedAndTheAssertionIsNotShown() {
        server.assertions()
                .client(
                        "app",
                        OTHERS.certificate(),
                        "PS256",
                        server.tokenEndpoint().toString());

        PermanentOAuthException failure = permanent(certified());

        assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(failure)
                .hasMessageContaining("Entra does not know the key: upload the certificate of"
                        + " mailroutes.accounts.support.private-key-file")
                .hasMessageContaining("bad signature, ***")
                .hasMessageNotContaining("eyJ");
    }

    @Test
    void anotherRefusalNamesWhatAnAssertionRestsOn() {
        server.assertions().client("app", KEYS.certificate(), "PS256", "https://elsewhere.example/");

        assertThat(permanent(certified()))
                .hasMessageContaining(
                        "The server does not accept the assertion: check" + " mailroutes.accounts.support.client-id")
                .hasMessageContaining("mailroutes.accounts.support.assertion-audience");
    }

    @Test
    void aWrongClockIsNamed() {
        server.assertions().client("app", KEYS.certificate(), "PS256", "https://elsewhere.example/");

        server.clockAhead(Duration.ofMinutes(12));

        assertThat(permanent(certified()))
                .hasMessageContaining(
                        "The clock of this machine is 12 minutes behind the server's, which can be the reason:"
                                + " set it (NTP).");
    }

    @Test
    void anEndedCertificateIsNotSent() {
        clock.advance(Duration.ofDays(31));

        assertThat(permanent(certified()))
                .hasMessageStartingWith("Account support: the token request (client_credentials) to")
                .hasMessageContaining(
                        "the certificate in mailroutes.accounts.support.certificate-file ended at 2026-03-31")
                .hasMessageContaining("register a new one");
        assertThat(server.tokenRequests()).isZero();
    }

    @Test
    void aKeyThatHasBecomeReadableIsNotUsed() throws IOException {
        Files.setPosixFilePermissions(directory.resolve("key.pem"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(permanent(certified())).hasMessageContaining("can be read by other users (rw-r--r--)");
        assertThat(server.tokenRequests()).isZero();
    }

    @Test
    void aFederatedAssertionIsReadAtEachRequest() throws IOException, JOSEException {
        Path file = directory.resolve("assertion.jwt");
        String first = jwt(clock.instant().plusSeconds(600));
        String second = jwt(clock.instant().plusSeconds(900));
        TokenEndpoint endpoint = endpoint(new AssertionSource.TokenFile(file));

        for (String assertion : new String[] {first, second}) {
            Files.writeString(file, assertion + "\n");
            server.assertions().federated("app", assertion);
            assertThat(endpoint.exchange(OWN)).isNotNull();
        }
    }

    @Test
    void anAssertionThatIsBeingRenewedIsWaitedFor() throws IOException, JOSEException {
        Path file = directory.resolve("assertion.jwt");
        AssertionSource source = new AssertionSource.TokenFile(file);

        assertThat(passing(source))
                .hasMessageContaining("assertion-file cannot be read: NoSuchFileException. It will be tried again.");
        Files.writeString(file, "");
        assertThat(passing(source)).hasMessageContaining("assertion-file is empty");
        Files.writeString(file, jwt(clock.instant().minusSeconds(1)));
        assertThat(passing(source)).hasMessageContaining("assertion-file holds an assertion that ended at 2026-03-01T");
        assertThat(server.tokenRequests()).isZero();
    }

    @Test
    void whatIsNoAssertionIsNotSent() throws IOException {
        Path file = Files.writeString(directory.resolve("assertion.jwt"), "CANARY not a token");

        assertThat(permanent(new AssertionSource.TokenFile(file)))
                .hasMessageContaining("assertion-file does not hold one signed JWT and nothing else")
                .hasMessageNotContaining("CANARY");
    }

    @Test
    void aSubjectThatIsNotTrustedIsExplained() throws IOException, JOSEException {
        Path file = Files.writeString(
                directory.resolve("assertion.jwt"), jwt(clock.instant().plusSeconds(60)));
        server.assertions().federated("app", "another");

        assertThat(permanent(new AssertionSource.TokenFile(file)))
                .hasMessageContaining("No federated credential of the application fits the assertion");
    }

    private static String jwt(Instant end) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .issuer(URI.create("https://cluster.example").toString())
                        .expirationTime(Date.from(end))
                        .build());
        jwt.sign(new RSASSASigner(KEYS.pair().getPrivate()));
        return jwt.serialize();
    }
}
