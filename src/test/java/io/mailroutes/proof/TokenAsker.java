package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.store.Store;
import io.mailroutes.store.StoreKey;
import io.mailroutes.store.StoreKeys;
import io.mailroutes.testing.Accounts;
import io.mailroutes.token.NeedsLoginException;
import io.mailroutes.token.TokenSource;
import io.mailroutes.token.TokenSources;
import io.mailroutes.token.TokenStorage;
import io.mailroutes.token.TokenStore;
import io.mailroutes.token.TransientTokenException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A process with the real store and the real HTTP that asks for the token of one account. */
final class TokenAsker {
    static final String ACCOUNT = "support";
    private static final Duration BETWEEN = Duration.ofMillis(25);

    private final Clock clock;
    private final TokenStorage storage;
    private final URI endpoint;
    private final String refreshToken;

    private TokenAsker(Store store, Clock clock, URI endpoint, String refreshToken) {
        this.clock = clock;
        this.storage = storage(store, clock);
        this.endpoint = endpoint;
        this.refreshToken = refreshToken;
    }

    static TokenStorage storage(Store store, Clock clock) {
        String key = Base64.getEncoder().encodeToString("k".repeat(32).getBytes(UTF_8));
        return TokenStorage.in(store, StoreKeys.given(StoreKey.of(key, "the key"), Optional.empty()), clock);
    }

    /** @param arguments data directory, token endpoint, refresh token, seconds its clock is ahead, what to do, how often */
    public static void main(String[] arguments) throws InterruptedException {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(arguments[3])));
        try (Store store = Store.open(Path.of(arguments[0]), "", clock)) {
            TokenAsker asker = new TokenAsker(store, clock, URI.create(arguments[1]), arguments[2]);
            int count = Integer.parseInt(arguments[5]);
            switch (arguments[4]) {
                case "ask" -> asker.ask(count);
                case "threads" -> asker.manyThreads(count);
                case "spend" -> asker.spend();
                default -> asker.endAt(KillPoint.valueOf(arguments[4]));
            }
        }
    }

    private TokenSource source(UnaryOperator<TokenStore> around) {
        Executor background = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "refresh");
            thread.setDaemon(true);
            return thread;
        });
        return new TokenSources(
                        new TokenStorage(around.apply(storage.tokens()), storage.leases(), storage.standings()),
                        clock,
                        () -> 0,
                        background,
                        HttpLimits.DEFAULT)
                .of(Accounts.at(endpoint).refreshToken(refreshToken).account());
    }

    private void ask(int times) {
        TokenSource source = source(store -> store);
        for (int i = 0; i < times; i++) {
            System.out.println(answer(source));
        }
    }

    private static String answer(TokenSource source) {
        try {
            return "TOKEN " + source.token().value().reveal();
        } catch (NeedsLoginException e) {
            return "NEEDS_LOGIN " + e.getMessage();
        } catch (TransientTokenException e) {
            return "LATER " + e.getMessage();
        }
    }

    private void endAt(KillPoint point) {
        source(store -> new EndingStore(store, point)).token();
        System.out.println("not ended");
    }

    /** Until it is killed: each token is refused at once, so that the next one has to be got. */
    private void spend() {
        TokenSource source = source(store -> store);
        while (true) {
            AccessToken token = source.token();
            System.out.println("TOKEN " + token.value().reveal());
            source.reject(token);
        }
    }

    /** Eight threads; prints each token with the last time somebody asked and was given it. */
    private void manyThreads(int seconds) throws InterruptedException {
        TokenSource source = source(store -> store);
        Map<String, Long> lastAsked = new ConcurrentHashMap<>();
        LongAdder asks = new LongAdder();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                while (System.nanoTime() < end) {
                    long before = clock.millis();
                    lastAsked.merge(source.token().value().reveal(), before, Math::max);
                    asks.increment();
                    LockSupport.parkNanos(BETWEEN.toNanos());
                }
            });
            thread.setUncaughtExceptionHandler((failed, e) -> System.out.println("FAILED " + e));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        lastAsked.forEach((token, time) -> System.out.println("USED " + token + " " + time));
        System.out.println("ASKS " + asks.sum());
    }
}
