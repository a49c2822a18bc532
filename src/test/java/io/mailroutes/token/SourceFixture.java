package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.oauth.OAuthHttp;
import io.mailroutes.oauth.TokenEndpoint;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.MemoryTokenStore;
import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A server, a store, a clock, and sources on them; background work waits until {@link #runBackground}. */
final class SourceFixture implements AutoCloseable {
    final SettableClock clock = new SettableClock();
    final FakeAuthorizationServer server =
            new FakeAuthorizationServer(clock).client("app", "s3cret", "joe@example.com");
    final MemoryTokenStore store = new MemoryTokenStore();
    final Accounts account = Accounts.at(server.tokenEndpoint());
    private final Queue<Runnable> background = new ArrayDeque<>();
    Executor executor = background::add;
    Pause pause = clock::advance;
    Replay replay = Replay.REVOKES;
    TokenStore tokens = store;
    double jitter;

    RefreshingTokenSource source() {
        return source(account);
    }

    RefreshingTokenSource source(Accounts with) {
        return source(with.account(), with.oauth());
    }

    RefreshingTokenSource source(Account with, OAuthClient client) {
        return source(with, client, stored -> {});
    }

    /** @param answered what happens when the server has answered, before the answer is seen */
    RefreshingTokenSource source(Accounts with, Consumer<Optional<StoredTokens>> answered) {
        return source(with.account(), with.oauth(), answered);
    }

    private RefreshingTokenSource source(Account with, OAuthClient client, Consumer<Optional<StoredTokens>> answered) {
        OAuthHttp http = new OAuthHttp(
                Optional.empty(), new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), 256 * 1024));
        GrantPlan plan = new GrantPlan(with, client);
        TokenOrigin origin = new SlowOrigin(
                new ServerOrigin(plan, new TokenEndpoint("support", client, http, clock), replay), answered);
        TokenLease lease = new TokenLease("support", store, clock, wait -> pause.pause(wait));
        TokenRefresh refresh = new TokenRefresh("support", plan, origin, tokens, lease, clock);
        return new RefreshingTokenSource(
                "support",
                refresh,
                new Backoff(() -> 1),
                new Standing(with, store, clock),
                jitter,
                clock,
                task -> executor.execute(task));
    }

    int queued() {
        return background.size();
    }

    void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
