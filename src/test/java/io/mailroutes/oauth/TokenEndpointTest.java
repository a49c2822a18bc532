package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.OAuthBehaviour.Rotation;
import io.mailroutes.account.Secret;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.FakeAuthorizationServer.TokenRequest;
import io.mailroutes.testing.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
    private static final HttpLimits SHORT =
            new HttpLimits(Duration.ofSeconds(2), Duration.ofMillis(700), HttpLimits.DEFAULT.bodyBytes());
    private static final Grant OWN = new Grant.ClientCredentials();

    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server =
            new FakeAuthorizationServer(clock).client("app", "s3cret", "joe@example.com");
    private final Accounts account = Accounts.at(server.tokenEndpoint());

    @AfterEach
    void close() {
        server.close();
    }

    private TokenEndpoint endpoint(Accounts with) {
        return endpoint(with, HttpLimits.DEFAULT);
    }

    private TokenEndpoint endpoint(Accounts with, HttpLimits limits) {
        return new TokenEndpoint(
                "support", with.oauth(), new OAuthHttp(with.account().caFile(), limits), clock);
    }

    private PermanentOAuthException permanent(TokenEndpoint endpoint) {
        return catchThrowableOfType(PermanentOAuthException.class, () -> endpoint.exchange(OWN));
    }

    private TransientOAuthException passing(TokenEndpoint endpoint) {
        return catchThrowableOfType(TransientOAuthException.class, () -> endpoint.exchange(OWN));
    }

    @Test
    void aClientWithASecretGetsATokenByBasicAndNoSecretIsInTheForm() {
        AccessToken token = endpoint(account).exchange(OWN).accessToken();

        assertThat(server.isLive(token.value().reveal())).isTrue();
        assertThat(token.issuedAt()).isEqualTo(clock.instant());
        assertThat(token.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        TokenRequest request = server.tokenRequestLog().get(0);
        assertThat(request.form()).doesNotContainKey("client_secret").containsEntry("scope", "mail");
        assertThat(request.authorization())
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));
        assertThat(request.userAgent()).isEqualTo("Mailroutes");
    }

    @Test
    void basicSurvivesASecretWithColonPercentPlusAndUmlaut() {
        server.client("a:b", "p%2F:+ ü", "joe@example.com");

        assertThat(endpoint(account.client("a:b", Optional.of("p%2F:+ ü"))).exchange(OWN))
                .isNotNull();
    }

    @Test
    void postPutsTheSecretIntoTheFormAndNowhereElse() {
        endpoint(account.authentication(ClientAuthentication.POST)).exchange(OWN);

        TokenRequest request = server.tokenRequestLog().get(0);
        assertThat(request.form()).containsEntry("client_secret", "s3cret");
        assertThat(request.authorization()).isEmpty();
    }

    @Test
    void aClientWithoutASecretSendsItsIdOnly() {
        server.publicClient("open", "joe@example.com");
        Grant grant = new Grant.RefreshToken(Secret.of(server.newRefreshToken("open")));

        endpoint(account.client("open", Optional.empty())).exchange(grant);

        assertThat(server.tokenRequestLog().get(0).form()).containsEntry("client_id", "open");
    }

    @Test
    void aRotatedRefreshTokenReplacesTheOldOneAndAnAbsentOneKeepsIt() {
        Secret old = Secret.of(server.newRefreshToken("app"));
        assertThat(endpoint(account).exchange(new Grant.RefreshToken(old)).refreshToken())
                .isPresent()
                .isNotEqualTo(Optional.of(old));

        server.rotation(Rotation.NONE);
        Secret kept = Secret.of(server.newRefreshToken("app"));
        assertThat(endpoint(account).exchange(new Grant.RefreshToken(kept)).refreshToken())
                .contains(kept);
    }

    @Test
    void configuredParametersAreAddedButNeverReplaceOurs() {
        endpoint(account.parameters(Map.of("grant_type", "password", "prompt_force", "1")))
                .exchange(OWN);

        assertThat(server.tokenRequestLog().get(0).form())
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("prompt_force", "1");
    }

    @Test
    void aWrongSecretIsPermanentAndNeitherTheSecretNorItsHeaderIsTold() {
        server.nextToken(FakeAnswer.json(
                401, "{\"error\":\"invalid_client\",\"error_description\":\"got YXBwOkNBTkFSWQ== and CANARY\"}"));

        PermanentOAuthException failure = permanent(endpoint(account.client("app", Optional.of("CANARY"))));

        assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(failure).hasMessageContaining("got *** and ***").hasNoCause();
    }

    @Test
    void basicWithoutASecretSendsNothing() {
        PermanentOAuthException failure =
                permanent(endpoint(account.client("app", Optional.empty()).authentication(ClientAuthentication.BASIC)));

        assertThat(failure).hasMessageContaining("needs mailroutes.accounts.support.client-secret");
        assertThat(server.tokenRequests()).isZero();
    }

    @Test
    void aSignedAssertionWithoutAKeySendsNothing() {
        assertThat(permanent(endpoint(account.authentication(ClientAuthentication.PRIVATE_KEY_JWT))))
                .hasMessageContaining("needs mailroutes.accounts.support.private-key-file or");
        assertThat(server.tokenRequests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.example.com/token",
                "http://127.0.0.1.example.com/token",
                "http://localhost.example.com/token",
                "http://2130706433/token",
                "ftp://127.0.0.1/token",
                "https://user:CANARY@login.example.com/token",
                "https:///token"
            })
    void anAddressThatWouldCarryASecretInClearIsNotUsed(String address) {
        assertThat(permanent(endpoint(Accounts.at(URI.create(address)))))
                .hasMessageContaining("mailroutes.accounts.support.token-endpoint")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("CANARY"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowedAndTheSecretIsNotSentAgain(int status) {
        try (FakeAuthorizationServer thief = new FakeAuthorizationServer(clock)) {
            server.nextToken(FakeAnswer.redirect(status, thief.tokenEndpoint()));

            assertThat(permanent(endpoint(account))).hasMessageContaining("Redirects are not followed");
            assertThat(thief.tokenRequests()).isZero();
            assertThat(server.tokenRequests()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerOf200MegabytesIsCutOff() {
        server.nextToken(FakeAnswer.huge(200L * 1024 * 1024));

        assertThat(permanent(endpoint(account)))
                .hasMessageContaining("larger than 256 KiB")
                .extracting(PermanentOAuthException::kind)
                .isEqualTo(Kind.PROTOCOL);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        server.nextToken(FakeAnswer.silence());

        assertThat(passing(endpoint(account, SHORT))).hasMessageContaining("did not answer in time");
    }

    @Test
    void aServerThatDripsItsAnswerIsGivenUp() {
        server.nextToken(FakeAnswer.drip());

        assertThat(passing(endpoint(account, SHORT))).hasMessageContaining("did not answer in time");
    }

    @Test
    void aServerThatHangsUpIsTriedLater() {
        server.nextToken(FakeAnswer.hangUp());

        assertThat(passing(endpoint(account))).hasMessageContaining("the connection broke");
    }

    @Test
    void aPortWhereNobodyListensIsTriedLater() throws Exception {
        URI closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/token");
        }
        assertThat(passing(endpoint(Accounts.at(closed)))).hasMessageContaining("refused");
    }

    @Test
    void anUnknownHostIsTriedLater() {
        assertThat(passing(endpoint(Accounts.at(URI.create("https://nowhere.invalid/token")))))
                .hasMessageContaining("host name is unknown");
    }

    @Test
    void aServerWithoutTlsIsSaidToBeOne() throws Exception {
        try (ServerSocket plain = new ServerSocket(0)) {
            Thread answer = new Thread(() -> answerInClear(plain));
            answer.start();
            URI address = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/token");

            assertThat(passing(endpoint(Accounts.at(address)))).hasMessageContaining("TLS failed");
            answer.join();
        }
    }

    private static void answerInClear(ServerSocket plain) {
        try (Socket peer = plain.accept()) {
            peer.getInputStream().read();
            peer.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aMissingCaFileIsAConfigurationErrorAndSendsNothing() {
        assertThat(permanent(endpoint(account.caFile(Path.of("/nowhere/ca.pem")))))
                .hasMessageContaining("/nowhere/ca.pem does not exist")
                .hasMessageContaining("mailroutes.accounts.support.ca-file");
        assertThat(server.tokenRequests()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "7,7",
        "99999999,3600",
        "'Sun, 01 Mar 2026 10:00:30 GMT',30",
        "'Sun, 01 Mar 2026 09:00:00 GMT',0",
        "soon,0",
        "-5,0"
    })
    void retryAfterIsSecondsOrADateAndNeverMoreThanAnHour(String value, long seconds) {
        server.nextToken(FakeAnswer.retryAfter(503, value));

        assertThat(passing(endpoint(account)).retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aRefusalWithoutAnAuthenticateHeaderIsReadLikeAnyOther() {
        server.nextToken(FakeAnswer.json(401, "{\"error\":\"invalid_client\"}"));

        assertThat(permanent(endpoint(account))).hasMessageContaining("HTTP 401, invalid_client");
    }

    @Test
    void anInterruptDoesNotLoseTheAnswerAndIsKept() {
        Thread.currentThread().interrupt();

        assertThat(endpoint(account).exchange(OWN)).isNotNull();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aSlowAnswerWithinTheLimitIsTaken() {
        CountDownLatch release = new CountDownLatch(1);
        server.nextToken(FakeAnswer.held(release));
        release.countDown();

        assertThat(endpoint(account).exchange(OWN)).isNotNull();
    }
}
