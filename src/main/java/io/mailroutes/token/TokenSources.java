package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.TokenCommand;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.oauth.OAuthHttp;
import io.mailroutes.oauth.TokenCommandRun;
import io.mailroutes.oauth.TokenEndpoint;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Makes the token source of an account. Touches neither network nor store while doing so. There should be one source
 * for an account in a process; it needs no closing.
 */
public final class TokenSources {
    private final TokenStore store;
    private final Leases leases;
    private final Clock clock;
    private final Executor background;
    private final HttpLimits limits;
    private final Map<Optional<Path>, OAuthHttp> clients = new ConcurrentHashMap<>();

    /** @param background runs the refreshes that nobody waits for; each takes up to a minute when a server hangs */
    public TokenSources(TokenStore store, Leases leases, Clock clock, Executor background) {
        this(store, leases, clock, background, HttpLimits.DEFAULT);
    }

    /** @param limits of each exchange with an authorization server */
    public TokenSources(TokenStore store, Leases leases, Clock clock, Executor background, HttpLimits limits) {
        this.store = store;
        this.leases = leases;
        this.clock = clock;
        this.background = background;
        this.limits = limits;
    }

    /** @throws IllegalArgumentException when the account has not what its grant needs */
    public TokenSource of(Account account) {
        return switch (account.grant()) {
            case PASSWORD -> password(account);
            case CLIENT_CREDENTIALS, REFRESH_TOKEN, SERVICE_ACCOUNT, AUTHORIZATION_CODE, DEVICE_CODE ->
                ofServer(account);
            case COMMAND -> ofCommand(account);
        };
    }

    private TokenSource password(Account account) {
        return new PasswordTokenSource(
                account.name(), account.password().orElseThrow(() -> lacks(account, "password")));
    }

    private TokenSource ofServer(Account account) {
        OAuthClient client = account.oauth().orElseThrow(() -> lacks(account, "client-id"));
        OAuthHttp http = clients.computeIfAbsent(account.caFile(), file -> new OAuthHttp(file, limits));
        GrantPlan plan = new GrantPlan(account, client);
        return refreshing(
                account,
                plan,
                new ServerOrigin(
                        plan, new TokenEndpoint(account.name(), client, http, clock), Replay.of(account, client)));
    }

    private TokenSource ofCommand(Account account) {
        TokenCommand command = account.command().orElseThrow(() -> lacks(account, "command"));
        return refreshing(
                account,
                new GrantPlan(account, command),
                new CommandOrigin(new TokenCommandRun(account.name(), command, clock)));
    }

    private TokenSource refreshing(Account account, GrantPlan plan, TokenOrigin origin) {
        TokenLease lease =
                new TokenLease(account.name(), leases, clock, wait -> TimeUnit.MILLISECONDS.sleep(wait.toMillis()));
        TokenRefresh refresh = new TokenRefresh(account.name(), plan, origin, store, lease, clock);
        Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
        return new RefreshingTokenSource(account.name(), refresh, backoff, clock, background);
    }

    private static IllegalArgumentException lacks(Account account, String key) {
        return new IllegalArgumentException("Account " + account.name() + ": grant="
                + account.grant().key() + " needs mailroutes.accounts." + account.name() + "." + key);
    }
}
