package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Provider;
import io.mailroutes.account.ProviderTable;
import io.mailroutes.account.Secret;
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
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Makes the token source of an account. Touches neither network nor store while doing so. There should be one source
 * for an account in a process; it needs no closing.
 */
public final class TokenSources {
    private final TokenStorage storage;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Executor background;
    private final HttpLimits limits;
    private final ProviderTable providers = ProviderTable.load();
    private final Map<Optional<Path>, OAuthHttp> clients = new ConcurrentHashMap<>();

    /**
     * @param random from 0 up to 1
     * @param background runs the refreshes that nobody waits for; each takes up to a minute when a server hangs
     * @param limits of each exchange with an authorization server
     */
    public TokenSources(
            TokenStorage storage, Clock clock, DoubleSupplier random, Executor background, HttpLimits limits) {
        this.storage = storage;
        this.clock = clock;
        this.random = random;
        this.background = background;
        this.limits = limits;
    }

    /** A source, and who looks after it when nobody asks; a password needs nobody. */
    record Kept(TokenSource source, Optional<Upkeep> upkeep) {}

    /** @throws IllegalArgumentException when the account has not what its grant needs */
    public TokenSource of(Account account) {
        return kept(account).source();
    }

    Kept kept(Account account) {
        return switch (account.grant()) {
            case PASSWORD -> new Kept(password(account), Optional.empty());
            case CLIENT_CREDENTIALS, REFRESH_TOKEN, SERVICE_ACCOUNT, AUTHORIZATION_CODE, DEVICE_CODE ->
                ofServer(account);
            case COMMAND -> ofCommand(account);
        };
    }

    private TokenSource password(Account account) {
        Secret password = account.password().orElseThrow(() -> lacks(account, "password"));
        return new PasswordTokenSource(account.name(), password, standing(account));
    }

    private Standing standing(Account account) {
        return new Standing(account, storage.standings(), clock);
    }

    private Kept ofServer(Account account) {
        OAuthClient client = account.oauth().orElseThrow(() -> lacks(account, "client-id"));
        OAuthHttp http = clients.computeIfAbsent(account.caFile(), file -> new OAuthHttp(file, limits));
        GrantPlan plan = new GrantPlan(account, client);
        return refreshing(
                account,
                plan,
                new ServerOrigin(
                        plan, new TokenEndpoint(account.name(), client, http, clock), Replay.of(account, client)));
    }

    private Kept ofCommand(Account account) {
        TokenCommand command = account.command().orElseThrow(() -> lacks(account, "command"));
        return refreshing(
                account,
                new GrantPlan(account, command),
                new CommandOrigin(new TokenCommandRun(account.name(), command, clock)));
    }

    private Kept refreshing(Account account, GrantPlan plan, TokenOrigin origin) {
        TokenLease lease = new TokenLease(
                account.name(), storage.leases(), clock, wait -> TimeUnit.MILLISECONDS.sleep(wait.toMillis()));
        TokenRefresh refresh = new TokenRefresh(account.name(), plan, origin, storage.tokens(), lease, clock);
        RefreshingTokenSource source = new RefreshingTokenSource(
                account.name(),
                refresh,
                new Backoff(random),
                standing(account),
                random.getAsDouble(),
                clock,
                background);
        KeepAlive keepAlive =
                new KeepAlive(providers.row(account.provider()).map(Provider::oauth), random.getAsDouble());
        return new Kept(
                source,
                Optional.of(new Upkeep(account.name(), source, plan, keepAlive, storage.tokens(), clock, background)));
    }

    private static IllegalArgumentException lacks(Account account, String key) {
        return new IllegalArgumentException("Account " + account.name() + ": grant="
                + account.grant().key() + " needs mailroutes.accounts." + account.name() + "." + key);
    }
}
