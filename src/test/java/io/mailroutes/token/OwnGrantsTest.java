package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mailroutes.account.Account;
import io.mailroutes.account.AssertionSource;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.account.SigningIdentity;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.FakeAuthorizationServer.TokenRequest;
import io.mailroutes.testing.MemoryTokenStore;
import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.SignedAccounts;
import io.mailroutes.testing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Grants that need no person, from the account to the token. */
@Timeout(60)
class OwnGrantsTest {
    private static final SigningKeys KEYS = SigningKeys.at(new SettableClock().instant());
    private static final String ROBOT = "robot@example.com";

    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server = new FakeAuthorizationServer(clock);
    private final MemoryTokenStore store = new MemoryTokenStore();

    @AfterEach
    void close() {
        server.close();
    }

    private TokenSource source(Account account) {
        return new TokenSources(store.storage(), clock, () -> 0, Runnable::run, HttpLimits.DEFAULT).of(account);
    }

    private Account robot() throws IOException {
        Path file = KEYS.serviceAccountFile(directory.resolve("robot.json"), ROBOT);
        OAuthClient client = SignedAccounts.serviceAccount(
                Accounts.at(server.tokenEndpoint()), new AssertionSource.ServiceAccountFile(file), "box@example.com");
        return SignedAccounts.account(GrantType.SERVICE_ACCOUNT, Optional.of(client), List.of());
    }

    private Account counting(String then) {
        String script = "echo run >> " + directory.resolve("runs") + "; " + then;
        return SignedAccounts.account(GrantType.COMMAND, Optional.empty(), List.of("sh", "-c", script));
    }

    private int runs() throws IOException {
        return Files.readAllLines(directory.resolve("runs")).size();
    }

    @Test
    void aServiceAccountAsksAgainWithoutARefreshTokenWhenTheTokenEnds() throws IOException {
        server.assertions().serviceAccount(ROBOT, KEYS.publicKey(), "mail", "box@example.com");
        TokenSource source = source(robot());

        AccessToken first = source.token();
        assertThat(source.token()).isEqualTo(first);
        clock.advance(Duration.ofHours(1));
        assertThat(source.token()).isNotEqualTo(first);
        assertThat(server.tokenRequests()).isEqualTo(2);
    }

    @Test
    void aServiceAccountThatIsNotAllowedStopsAsking() throws IOException {
        TokenSource source = source(robot());

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(source::token)
                    .isInstanceOf(NeedsLoginException.class)
                    .hasMessageContaining("The service account is gone or disabled");
        }
        assertThat(server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aCommandIsRunWhenItsTokenEndsAndNotBefore() throws IOException {
        TokenSource source = source(counting("wc -l < " + directory.resolve("runs") + " | tr -d ' '"));

        assertThat(source.token().value().reveal()).isEqualTo("1");
        assertThat(source.token().value().reveal()).isEqualTo("1");
        clock.advance(Duration.ofMinutes(5));
        assertThat(source.token().value().reveal()).isEqualTo("2");
    }

    @Test
    void theTokenOfACommandSurvivesARestartButNotAnotherCommand() throws IOException {
        source(counting("echo t1")).token();
        assertThat(source(counting("echo t1")).token().value().reveal()).isEqualTo("t1");
        assertThat(runs()).isEqualTo(1);

        assertThat(source(counting("echo t2")).token().value().reveal()).isEqualTo("t2");
    }

    @Test
    void aCommandThatFailsIsLeftAloneForAWhile() throws IOException {
        TokenSource source = source(counting("exit 3"));

        assertThatThrownBy(source::token)
                .isInstanceOf(TransientTokenException.class)
                .hasMessageContaining("the command sh ended with exit code 3");
        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);
        assertThat(runs()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(2));
        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void aTokenThatTheMailServerRefusedIsNotTakenFromTheCommandAgain() {
        TokenSource source = source(counting("echo t1"));
        source.reject(source.token());

        assertThatThrownBy(source::token)
                .isInstanceOf(NeedsLoginException.class)
                .hasMessageContaining("the command gives the same access token again");
    }

    @Test
    void noKeyPasswordOrAssertionIsInAnyTextOrFailure() throws IOException {
        Path p12 = KEYS.pkcs12File(directory.resolve("key.p12"), "CANARY-password");
        AssertionSource.KeyFile plain = SignedAccounts.key(p12);
        AssertionSource.KeyFile key = new AssertionSource.KeyFile(
                p12,
                Optional.of(Secret.of("CANARY-password")),
                Optional.empty(),
                plain.keyId(),
                plain.algorithm(),
                plain.audience());
        Account client = SignedAccounts.account(
                GrantType.CLIENT_CREDENTIALS,
                Optional.of(SignedAccounts.client(Accounts.at(server.tokenEndpoint()), key)),
                List.of());
        List<String> texts = new ArrayList<>(List.of(client.toString(), key.toString(), robot().toString()));
        for (Account account : List.of(client, robot())) {
            for (int status : new int[] {200, 400, 401, 500}) {
                server.nextToken(FakeAnswer.json(status, "{\"error\":\"x\",\"error_description\":\"no\"}"));
                texts.add(catchThrowable(source(account)::token).toString());
            }
        }
        String body = KEYS.pem().lines().skip(1).findFirst().orElseThrow();
        List<String> assertions =
                server.tokenRequestLog().stream().map(OwnGrantsTest::assertion).toList();

        assertThat(assertions).hasSize(8).allSatisfy(jwt -> assertThat(jwt).startsWith("eyJ"));
        assertThat(texts).hasSize(11).allSatisfy(text -> {
            assertThat(text).doesNotContain("CANARY", body, "eyJ");
            assertions.forEach(jwt -> assertThat(text).doesNotContain(jwt.substring(jwt.lastIndexOf('.'))));
        });
        assertThat(new SigningIdentity((RSAPrivateKey) KEYS.pair().getPrivate(), Optional.empty()))
                .hasToString("SigningIdentity[***]");
    }

    private static String assertion(TokenRequest request) {
        return request.form().getOrDefault("assertion", request.form().getOrDefault("client_assertion", ""));
    }
}
