package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.MemoryTokenStore;
import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TokenKeeperTest {
    private static final String DOWN = "{\"error\":\"temporarily_unavailable\"}";

    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server =
            new FakeAuthorizationServer(clock).client("app", "s3cret", "joe@example.com");
    private final MemoryTokenStore store = new MemoryTokenStore();

    @AfterEach
    void close() {
        server.close();
    }

    private TokenKeeper keeper(DoubleSupplier random, Account... accounts) {
        TokenSources sources = new TokenSources(store.storage(), clock, random, Runnable::run, HttpLimits.DEFAULT);
        return new TokenKeeper(List.of(accounts), sources, store.storage(), clock, random, Runnable::run);
    }

    private TokenKeeper keeper(Account... accounts) {
        return keeper(() -> 0, accounts);
    }

    private Account robot() {
        return Accounts.at(server.tokenEndpoint()).account();
    }

    private Account person(String provider) {
        Account account = Accounts.at(server.tokenEndpoint()).account();
        return Accounts.like(account, provider, GrantType.AUTHORIZATION_CODE);
    }

    private void logIn(Account account) {
        logIn(account, Duration.ofHours(1));
    }

    /** As the command stores it. */
    private void logIn(Account account, Duration life) {
        AccessToken token = new AccessToken(
                Secret.of("at"), clock.instant(), clock.instant().plus(life), Optional.empty());
        TokenResponse response = new TokenResponse(token, Optional.of(Secret.of(server.newRefreshToken("app"))));
        store.save(
                account.name(),
                new GrantPlan(account, account.oauth().orElseThrow()).toStore(response, clock.instant()));
    }

    /** Lets time pass in steps, as the clockwork would notice it. */
    private void pass(TokenKeeper keeper, Duration time, Duration step) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            clock.advance(step);
            keeper.tick();
        }
    }

    @Test
    void theTokenOfAnAccountInUseIsReplacedBeforeAnybodyAsks() {
        TokenKeeper keeper = keeper(robot());
        AccessToken first = keeper.source("support").token();
        pass(keeper, Duration.ofMinutes(54), Duration.ofMinutes(1));
        assertThat(server.tokenRequests()).isEqualTo(1);

        pass(keeper, Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertThat(server.tokenRequests()).isEqualTo(2);
        assertThat(keeper.source("support").cached()).isPresent().isNotEqualTo(Optional.of(first));
    }

    @Test
    void anAccountThatNobodyAsksAboutHasNoRequests() {
        pass(keeper(robot()), Duration.ofDays(30), Duration.ofHours(1));

        assertThat(server.tokenRequests()).isZero();
    }

    @Test
    void anAccountOutOfUseIsNotKeptReadyForEver() {
        TokenKeeper keeper = keeper(robot());
        keeper.source("support").token();
        pass(keeper, Duration.ofDays(10), Duration.ofMinutes(1));

        assertThat(server.tokenRequests()).isBetween(24, 28);
    }

    @Test
    void accountsThatBeganTogetherDoNotRefreshTogether() {
        Account[] accounts = IntStream.range(0, 30)
                .mapToObj(i -> Accounts.named(robot(), "a" + i))
                .toArray(Account[]::new);
        TokenKeeper keeper = keeper(new Random(7)::nextDouble, accounts);
        for (Account account : accounts) {
            keeper.source(account.name()).token();
        }
        clock.advance(Duration.ofMinutes(55));
        List<Integer> perSecond = new ArrayList<>();
        for (int second = 0; second < 180; second++) {
            int before = server.tokenRequests();
            clock.advance(Duration.ofSeconds(1));
            keeper.tick();
            perSecond.add(server.tokenRequests() - before);
        }

        assertThat(server.tokenRequests()).isEqualTo(60);
        assertThat(new TreeSet<>(perSecond).last()).isLessThanOrEqualTo(3);
    }

    @Test
    void aServerThatIsDownIsAskedLessAndLess() {
        TokenKeeper keeper = keeper(robot());
        keeper.source("support").token();
        for (int i = 0; i < 100; i++) {
            server.nextToken(FakeAnswer.json(503, DOWN));
        }
        pass(keeper, Duration.ofHours(12), Duration.ofSeconds(10));

        assertThat(server.tokenRequests()).isBetween(3, 20);
    }

    @ParameterizedTest
    @CsvSource({"google, P7D", "microsoft, P7D", "generic, P7D", "yandex, P90D"})
    void anIdleRefreshTokenIsUsedInTimeAndNotOftenerThanNeeded(String provider, String longest) {
        Account account = person(provider);
        server.tokenLife(Duration.ofDays(365));
        logIn(account, Duration.ofDays(365));
        TokenKeeper keeper = keeper(() -> 0.5, account);
        Duration every = Duration.parse(longest);
        pass(keeper, every, Duration.ofHours(1));
        assertThat(server.tokenRequests()).isEqualTo(1);

        pass(keeper, every.multipliedBy(3), Duration.ofHours(1));
        assertThat(server.tokenRequests()).isBetween(3, 5);
        assertThat(server.refreshTokenReuses()).isZero();
        assertThat(store.load("support").orElseThrow().history().consentedAt()).isPresent();
    }

    @Test
    void aConfiguredRefreshTokenThatNobodyAsksAboutIsUsedAtTheStart() {
        Account account = Accounts.at(server.tokenEndpoint())
                .refreshToken(server.newRefreshToken("app"))
                .account();
        pass(keeper(account), Duration.ofMinutes(1), Duration.ofSeconds(1));

        assertThat(server.tokenRequests()).isEqualTo(1);
        assertThat(store.load("support").orElseThrow().history().usedAt()).isPresent();
    }

    @Test
    void anAccountWithoutALoginIsLeftAloneUntilThereIsOne() {
        Account account = person("google");
        TokenKeeper keeper = keeper(account);
        pass(keeper, Duration.ofDays(30), Duration.ofHours(1));
        assertThat(server.tokenRequests()).isZero();
        assertThat(store.of("support").refusal()).isEmpty();

        logIn(account);
        pass(keeper, Duration.ofDays(8), Duration.ofHours(1));
        assertThat(server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void anotherProcessThatKeepsTheTokenAliveIsEnough() {
        Account account = person("google");
        logIn(account);
        TokenKeeper one = keeper(account);
        TokenKeeper other = keeper(account);
        for (int hour = 0; hour < 15 * 24; hour++) {
            clock.advance(Duration.ofHours(1));
            one.tick();
            other.tick();
        }

        assertThat(server.tokenRequests()).isEqualTo(2);
    }

    @Test
    void aTokenThatDiedOfNeglectIsFoundSaidAndNotTriedAgain() {
        Account account = person("generic");
        logIn(account);
        server.revokeAll();
        TokenKeeper keeper = keeper(account);
        pass(keeper, Duration.ofDays(30), Duration.ofHours(1));

        assertThat(server.tokenRequests()).isEqualTo(1);
        assertThat(store.of("support").refusal().orElseThrow().reason()).contains("has to consent again");
    }

    @Test
    void aLoginElsewhereEndsTheRefusal() {
        Account account = person("generic");
        logIn(account);
        server.revokeAll();
        TokenKeeper keeper = keeper(account);
        pass(keeper, Duration.ofDays(8), Duration.ofHours(1));
        logIn(account);
        pass(keeper, Duration.ofDays(8), Duration.ofHours(1));

        assertThat(server.tokenRequests()).isEqualTo(2);
        assertThat(store.of("support").refusal()).isEmpty();
    }

    @Test
    void aServerThatIsDownDelaysTheKeepAliveWithoutHammering() {
        Account account = person("google");
        logIn(account);
        for (int i = 0; i < 10; i++) {
            server.nextToken(FakeAnswer.json(503, DOWN));
        }
        TokenKeeper keeper = keeper(account);
        pass(keeper, Duration.ofDays(7).plusHours(24), Duration.ofMinutes(1));

        assertThat(server.tokenRequests()).isBetween(4, 10);
        pass(keeper, Duration.ofHours(48), Duration.ofMinutes(1));
        assertThat(store.load("support").orElseThrow().history().usedAt().orElseThrow())
                .isAfter(clock.instant().minus(Duration.ofHours(48)));
    }

    @Test
    void aToldEndIsMetHalfWayBecauseSomeServersMoveIt() {
        Account account = person("generic");
        logIn(account);
        StoredTokens login = store.load("support").orElseThrow();
        store.save(
                "support",
                new StoredTokens(
                        login.accessToken(),
                        login.refreshToken(),
                        login.seed(),
                        login.request(),
                        new TokenHistory(
                                login.history().consentedAt(),
                                login.history().usedAt(),
                                Optional.of(clock.instant().plus(Duration.ofMinutes(30))),
                                Optional.empty())));
        TokenKeeper keeper = keeper(account);
        pass(keeper, Duration.ofMinutes(14), Duration.ofSeconds(10));
        assertThat(server.tokenRequests()).isZero();

        pass(keeper, Duration.ofMinutes(2), Duration.ofSeconds(10));
        assertThat(server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aPasswordThatWasRefusedIsTriedAgainAfterAStart() {
        store.refused("support", "the mail server does not accept the password", clock.instant());

        TokenKeeper keeper = keeper(Accounts.password("other"));
        assertThat(store.of("support").refusal()).isEmpty();
        assertThat(keeper.source("support").token()).isNotNull();
        assertThatThrownBy(() -> keeper.source("sales")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aStoreThatFailsDisturbsNothing() {
        Account account = person("google");
        logIn(account);
        store.failLoading(Failures.busy());
        TokenKeeper keeper = keeper(account);
        pass(keeper, Duration.ofDays(8), Duration.ofHours(1));
        assertThat(server.tokenRequests()).isZero();

        store.failLoading(null);
        pass(keeper, Duration.ofDays(1), Duration.ofHours(1));
        assertThat(server.tokenRequests()).isEqualTo(1);
    }
}
