package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mailroutes.account.AssertionSource;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.SignedAccounts;
import io.mailroutes.testing.SigningKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Google's domain-wide delegation against a server that verifies it. */
class ServiceAccountTest {
    private static final SigningKeys KEYS = SigningKeys.at(new SettableClock().instant());
    private static final String ROBOT = "robot@example.com";
    private static final FakeAnswer UNTIMELY = FakeAnswer.json(
            400,
            "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT: Token must be a short-lived token (60"
                    + " minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.\"}");

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server = new FakeAuthorizationServer(clock);

    @BeforeEach
    void files() throws IOException {
        KEYS.serviceAccountFile(directory.resolve("robot.json"), ROBOT);
        server.assertions().serviceAccount(ROBOT, KEYS.publicKey(), "mail", "box@example.com");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TokenResponse ask(String subject) {
        return ask(robot(), subject);
    }

    private AssertionSource robot() {
        return new AssertionSource.ServiceAccountFile(directory.resolve("robot.json"));
    }

    private TokenResponse ask(AssertionSource source, String subject) {
        return endpoint(source, subject).exchange(new Grant.ServiceAccount(subject));
    }

    private TokenEndpoint endpoint(AssertionSource source, String subject) {
        return new TokenEndpoint(
                "support",
                SignedAccounts.serviceAccount(Accounts.at(server.tokenEndpoint()), source, subject),
                new OAuthHttp(Optional.empty(), HttpLimits.DEFAULT),
                clock);
    }

    private PermanentOAuthException permanent(String subject) {
        return catchThrowableOfType(PermanentOAuthException.class, () -> ask(subject));
    }

    @Test
    void theTokenIsTheMailboxOwnersAndComesWithoutARefreshToken() throws ParseException {
        TokenResponse response = ask("box@example.com");

        assertThat(server.isLive(response.accessToken().value().reveal())).isTrue();
        assertThat(response.refreshToken()).isEmpty();
        Map<String, String> form = server.tokenRequestLog().get(0).form();
        assertThat(form).containsOnlyKeys("grant_type", "assertion");
        SignedJWT jwt = SignedJWT.parse(form.get("assertion"));
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        assertThat(jwt.getHeader().getKeyID()).isEqualTo("key-1");
        assertThat(claims.getIssuer()).isEqualTo(ROBOT);
        assertThat(claims.getSubject()).isEqualTo("box@example.com");
        assertThat(claims.getAudience()).containsExactly(server.tokenEndpoint().toString());
        assertThat(claims.getStringClaim("scope")).isEqualTo("mail");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void eachTokenHasANewAssertion() {
        ask("box@example.com");
        ask("box@example.com");

        assertThat(server.tokensIssued()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aKeyFileWithTheAddressAsClientIdIsTheSame() throws IOException {
        AssertionSource source = SignedAccounts.key(KEYS.keyFile(directory.resolve("key.pem")));

        assertThat(server.isLive(
                        ask(source, "box@example.com").accessToken().value().reveal()))
                .isTrue();
    }

    @Test
    void aUserOutsideTheDomainIsNamed() {
        assertThat(permanent("stranger@example.org"))
                .hasMessageStartingWith(
                        "Account support: the token request (service account for stranger@example.org) to")
                .hasMessageContaining("There is no such user in the domain: check mailroutes.accounts.support.subject");
    }

    @Test
    void aDelegationThatIsNotAuthorisedIsTheAdministratorsBusiness() {
        server.assertions().serviceAccount(ROBOT, KEYS.publicKey(), "another", "box@example.com");

        PermanentOAuthException failure = permanent("box@example.com");

        assertThat(failure.kind()).isEqualTo(Kind.ADMINISTRATOR);
        assertThat(failure)
                .hasMessageContaining("Delegation is not authorised")
                .hasMessageContaining("numeric client id with exactly mailroutes.accounts.support.scope");
    }

    @Test
    void aDeletedKeyIsNamed() {
        SigningKeys others = SigningKeys.at(clock.instant());
        server.assertions().serviceAccount(ROBOT, others.publicKey(), "mail", "box@example.com");

        assertThat(permanent("box@example.com"))
                .hasMessageContaining("The server does not know the key: was it deleted?");
    }

    @Test
    void aWrongClockIsNamedAndPassesByItself() {
        server.clockAhead(Duration.ofHours(-5));

        for (int time = 0; time < 3; time++) {
            server.nextToken(UNTIMELY);
            assertThat(catchThrowableOfType(TransientOAuthException.class, () -> ask("box@example.com")))
                    .hasMessageContaining("The clock of this machine is 5 hours ahead of the server's")
                    .hasMessageContaining("set this machine's clock (NTP). It will be tried again.");
        }
    }

    @Test
    void anUntimelyAssertionIsTriedOnceMoreAndThenNotBlamedOnARightClock() {
        TokenEndpoint endpoint = endpoint(robot(), "box@example.com");
        Grant grant = new Grant.ServiceAccount("box@example.com");
        server.nextToken(UNTIMELY).nextToken(UNTIMELY);

        assertThatThrownBy(() -> endpoint.exchange(grant)).isInstanceOf(TransientOAuthException.class);
        assertThatThrownBy(() -> endpoint.exchange(grant))
                .isInstanceOfSatisfying(PermanentOAuthException.class, refusal -> assertThat(refusal.kind())
                        .isEqualTo(Kind.CONFIGURATION))
                .hasMessageContaining("The server does not accept the assertion")
                .hasMessageNotContaining("The clock of this machine");
    }

    @Test
    void aSuccessBetweenTwoUntimelyAssertionsMakesTheSecondAFirst() {
        TokenEndpoint endpoint = endpoint(robot(), "box@example.com");
        Grant grant = new Grant.ServiceAccount("box@example.com");
        server.nextToken(UNTIMELY);
        assertThatThrownBy(() -> endpoint.exchange(grant)).isInstanceOf(TransientOAuthException.class);
        endpoint.exchange(grant);
        server.nextToken(UNTIMELY);

        assertThatThrownBy(() -> endpoint.exchange(grant)).isInstanceOf(TransientOAuthException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CANARY                                        | is not the JSON file of a service account
            {"installed":{"client_secret":"CANARY"}}      | is not the key of a service account
            {"type":"service_account"}                    | has no private_key
            {"type":"service_account","private_key":"CANARY"} | holds no private key in PEM form
            """)
    void aFileThatIsNoServiceAccountIsRefusedWithoutShowingIt(String content, String words) throws IOException {
        SigningKeys.closed(directory.resolve("robot.json"), content);

        assertThat(permanent("box@example.com"))
                .hasMessageContaining("mailroutes.accounts.support.service-account-file " + words)
                .hasMessageNotContaining("CANARY");
        assertThat(server.tokenRequests()).isZero();
    }
}
