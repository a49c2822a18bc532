package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.OAuthException;
import io.mailroutes.oauth.PermanentOAuthException;
import io.mailroutes.oauth.TransientOAuthException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** What follows, by the rule of {@link Replay}, when the answer to a request with a refresh token was lost, in words. */
final class LostAnswers {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    /** The back-off adds up to a tenth to what it is given, and the token must not end before it does. */
    private static final int TENTHS = 11;

    private final String account;
    private final GrantPlan plan;
    private final Replay replay;
    private final Clock clock;

    LostAnswers(String account, GrantPlan plan, Replay replay, Clock clock) {
        this.account = account;
        this.plan = plan;
        this.replay = replay;
        this.clock = clock;
    }

    /** @throws TransientTokenException when the refresh token must not be sent again yet */
    void checkBeforeSending(Optional<StoredTokens> stored, Optional<Secret> rejected) {
        plan.lost(stored).ifPresent(askedAt -> {
            Duration wait = wait(stored, rejected);
            if (!wait.isZero()) {
                throw new TransientTokenException(
                        "Account " + account + ": no usable answer came to the token request of " + TIME.format(askedAt)
                                + ". The authorization server may have replaced the refresh token then, and sending the"
                                + " old one again could end the consent: it is sent once more when the present access"
                                + " token ends.",
                        wait);
            }
        });
    }

    /** Zero when there is nothing to spare. */
    private Duration wait(Optional<StoredTokens> stored, Optional<Secret> rejected) {
        if (replay != Replay.REVOKES) {
            return Duration.ZERO;
        }
        return stored.filter(plan::fits)
                .flatMap(StoredTokens::accessToken)
                .filter(token -> !rejected.equals(Optional.of(token.value())))
                .map(this::untilItEnds)
                .orElse(Duration.ZERO);
    }

    private Duration untilItEnds(AccessToken token) {
        Duration left = Duration.between(clock.instant(), Freshness.lastUse(token));
        return left.isNegative() ? Duration.ZERO : left.multipliedBy(TENTHS - 1).dividedBy(TENTHS);
    }

    /** The answer to this very request is lost. */
    RuntimeException now(OAuthException lost, Optional<StoredTokens> stored, Optional<Secret> rejected) {
        if (!(lost instanceof TransientOAuthException passing)) {
            return lost;
        }
        Duration wait = wait(stored, rejected);
        String words = lost.getMessage() + " No usable answer came, and the server may have replaced the refresh token"
                + (wait.isZero() ? "." : ": the old one is not sent again before the present access token ends.");
        return new TransientTokenException(
                words, wait.compareTo(passing.retryAfter()) > 0 ? wait : passing.retryAfter());
    }

    /** A request was refused after the answer to the one of then had been lost. */
    RuntimeException before(OAuthException refused, Instant askedAt) {
        boolean dead = refused instanceof PermanentOAuthException permanent
                && permanent.kind() == PermanentOAuthException.Kind.RECONSENT;
        return dead
                ? new NeedsLoginException("Account " + account + ": the refresh token was refused ("
                        + refused.serverError() + "). The answer to the token request of " + TIME.format(askedAt)
                        + " was lost, because the process ended or the connection broke; most likely the authorization"
                        + " server had replaced the refresh token by then. " + plan.anotherConsent())
                : refused;
    }
}
