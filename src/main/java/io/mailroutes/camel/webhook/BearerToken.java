package io.mailroutes.camel.webhook;

import io.mailroutes.oauth.AccessToken;
import io.mailroutes.token.TokenSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The access token of an account (RFC 6750 section 2.1). A token that the receiver refuses is replaced, once in five
 * minutes at most: a receiver that refuses every token must not use up what the authorization server grants. It never
 * makes the account one that needs a login, for the receiver may be what is wrong.
 */
final class BearerToken implements Credentials {
    private static final Duration BETWEEN_RENEWALS = Duration.ofMinutes(5);

    private final TokenSource tokens;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Instant renewed;

    BearerToken(TokenSource tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Shown show() {
        AccessToken token = tokens.token();
        return new Shown(Map.of(AUTHORIZATION, "Bearer " + token.value().reveal()), () -> renew(token));
    }

    private boolean renew(AccessToken refused) {
        lock.lock();
        try {
            Optional<AccessToken> now = tokens.cached();
            if (now.isPresent() && !now.get().value().equals(refused.value())) {
                return true; // another thread was told so as well
            }
            Instant time = clock.instant();
            if (renewed != null && time.isBefore(renewed.plus(BETWEEN_RENEWALS))) {
                return false;
            }
            renewed = time;
            tokens.reject(refused);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
