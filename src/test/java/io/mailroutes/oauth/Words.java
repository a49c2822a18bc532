package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Secret;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import java.util.Optional;

/** A server that can be told what to answer, and what is said of it. */
final class Words implements AutoCloseable {
    static final Grant OWN = new Grant.ClientCredentials();

    private static final HttpLimits IMPATIENT =
            new HttpLimits(Duration.ofSeconds(2), Duration.ofMillis(700), HttpLimits.DEFAULT.bodyBytes());

    final SettableClock clock = new SettableClock();
    final FakeAuthorizationServer server = new FakeAuthorizationServer(clock)
            .client("app", "s3cret", "joe@example.com")
            .publicClient("open", "joe@example.com");

    private HttpLimits limits = HttpLimits.DEFAULT;

    static Grant refresh(String token) {
        return new Grant.RefreshToken(Secret.of(token));
    }

    /** From now on an answer is waited for no longer than a test may take. */
    Words impatient() {
        limits = IMPATIENT;
        return this;
    }

    OAuthHttp http() {
        return new OAuthHttp(Optional.empty(), limits);
    }

    TokenEndpoint endpoint(Accounts account) {
        return new TokenEndpoint("support", account.oauth(), http(), clock);
    }

    TokenResponse exchange(Grant grant) {
        return endpoint(Accounts.at(server.tokenEndpoint())).exchange(grant);
    }

    /** The whole message of what goes wrong. The server's address differs from run to run. */
    String of(Runnable attempt) {
        OAuthException failure = catchThrowableOfType(OAuthException.class, attempt::run);
        return String.valueOf(failure.getMessage()).replace(server.issuer().toString(), "https://SERVER");
    }

    String of(Accounts account, Grant grant) {
        return of(() -> endpoint(account).exchange(grant));
    }

    String of(Grant grant) {
        return of(Accounts.at(server.tokenEndpoint()), grant);
    }

    /** When a refresh is answered so. */
    String of(FakeAnswer answer) {
        return of(answer, refresh(server.newRefreshToken("app")));
    }

    String of(FakeAnswer answer, Grant grant) {
        server.nextToken(answer);
        return of(grant);
    }

    @Override
    public void close() {
        server.close();
    }
}
