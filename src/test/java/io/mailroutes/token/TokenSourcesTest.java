package io.mailroutes.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mailroutes.account.Account;
import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.GrantType;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.store.Store;
import io.mailroutes.store.StoreKey;
import io.mailroutes.store.StoreKeys;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TokenSourcesTest {
    @TempDir
    private Path directory;

    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server =
            new FakeAuthorizationServer(clock).client("app", "CANARY-secret", "joe@example.com");
    private final List<Store> open = new ArrayList<>();
    private final Accounts account = Accounts.at(server.tokenEndpoint()).client("app", Optional.of("CANARY-secret"));

    @AfterEach
    void close() {
        server.close();
        open.forEach(Store::close);
    }

    /** As another process would do it: everything of its own but the file. */
    private TokenSources sources() {
        Store store = Store.open(directory.resolve("data"), "", clock);
        open.add(store);
        String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(UTF_8));
        StoreKeys keys = StoreKeys.given(StoreKey.of(key, "the key"), Optional.empty());
        return new TokenSources(TokenStorage.in(store, keys, clock), clock, () -> 0, Runnable::run, HttpLimits.DEFAULT);
    }

    @Test
    void twoProcessesWithManyThreadsNeverSpendARefreshTokenTwice() throws Exception {
        Account rotating = account.refreshToken(server.newRefreshToken("app")).account();
        List<TokenSource> processes = List.of(sources().of(rotating), sources().of(rotating));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int life = 0; life < 5; life++) {
            List<Future<AccessToken>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                answers.add(threads.submit(processes.get(i % 2)::token));
            }
            AccessToken first = answers.get(0).get();
            for (Future<AccessToken> answer : answers) {
                assertThat(answer.get()).isEqualTo(first);
            }
            clock.advance(Duration.ofHours(1));
        }
        threads.shutdown();
        assertThat(server.tokenRequests()).isEqualTo(5);
        assertThat(server.refreshTokenReuses()).isZero();
    }

    @Test
    void aPasswordIsATokenToo() {
        assertThat(sources().of(Accounts.password("pw")).token().value().reveal())
                .isEqualTo("pw");
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTHORIZATION_CODE", "DEVICE_CODE", "REFRESH_TOKEN"})
    void aGrantThatRestsOnAConsentNeedsOne(GrantType grant) {
        TokenSource source = sources().of(with(grant));

        assertThatThrownBy(source::token)
                .isInstanceOf(NeedsLoginException.class)
                .hasMessageContaining("there is no refresh token yet");
        assertThat(server.tokenRequests()).isZero();
    }

    private Account with(GrantType grant) {
        Account plain = account.account();
        return new Account(
                plain.name(),
                plain.provider(),
                plain.user(),
                plain.loginUser(),
                grant,
                plain.oauth(),
                plain.password(),
                plain.imap(),
                plain.smtp(),
                plain.mechanisms(),
                plain.caFile(),
                Optional.empty());
    }

    @Test
    void noSecretIsInAnyTextOrFailure() {
        List<Throwable> failures = new ArrayList<>();
        for (FakeAnswer answer : List.of(
                FakeAnswer.json(
                        400, "{\"error\":\"invalid_grant\",\"error_description\":\"CANARY-refresh CANARY-secret\"}"),
                FakeAnswer.json(500, "CANARY-refresh"),
                FakeAnswer.json(200, "{\"access_token\":\"CANARY-access\""),
                FakeAnswer.json(200, "{\"access_token\":\"CANARY-access\",\"token_type\":\"mac\"}"),
                FakeAnswer.of(200, "text/CANARY-secret", "", Map.of()),
                FakeAnswer.json(418, "{\"error\":\"CANARY-secret\"}"),
                FakeAnswer.hangUp())) {
            for (ClientAuthentication method : List.of(ClientAuthentication.BASIC, ClientAuthentication.POST)) {
                server.nextToken(answer);
                TokenSource source = sources()
                        .of(account.authentication(method)
                                .refreshToken("CANARY-refresh")
                                .account());
                failures.add(catchThrowable(source::token));
                assertThat(source.toString()).doesNotContain("CANARY");
            }
        }
        assertThat(failures).hasSize(14).allSatisfy(TokenSourcesTest::tellsNothing);
    }

    private static void tellsNothing(Throwable failure) {
        assertThat(failure).isInstanceOf(TokenException.class);
        for (Throwable link = failure; link != null; link = link.getCause()) {
            assertThat(link.toString()).doesNotContainIgnoringCase("CANARY");
            assertThat(link.getSuppressed()).isEmpty();
        }
    }
}
