package io.mailroutes.token;

import io.mailroutes.oauth.AccessToken;
import java.time.Duration;
import java.time.Instant;

/**
 * What an access token is good for at a given time: computed, never stored. The margins are parts of the token's life,
 * because five-minute tokens exist (Keycloak) as well as one-year ones (Yandex).
 */
enum Freshness {
    /** Hand it out. */
    FRESH,
    /** Hand it out, and get the next one meanwhile. */
    STALE,
    /** Too close to its end to begin anything with it. */
    EXPIRED;

    private static final Duration LONGEST_STALE_MARGIN = Duration.ofMinutes(5);
    private static final int STALE_PART = 5;
    private static final Duration LONGEST_EXPIRED_MARGIN = Duration.ofSeconds(60);
    private static final int EXPIRED_PART = 10;

    static Freshness of(AccessToken token, Instant now) {
        Duration life = Duration.between(token.issuedAt(), token.expiresAt());
        Duration left = Duration.between(now, token.expiresAt());
        if (!now.isBefore(lastUse(token))) {
            return EXPIRED;
        }
        return left.compareTo(margin(life, STALE_PART, LONGEST_STALE_MARGIN)) <= 0 ? STALE : FRESH;
    }

    /** When it becomes {@link #EXPIRED}. */
    static Instant lastUse(AccessToken token) {
        Duration life = Duration.between(token.issuedAt(), token.expiresAt());
        return token.expiresAt().minus(margin(life, EXPIRED_PART, LONGEST_EXPIRED_MARGIN));
    }

    /**
     * When to get the next one: at the beginning of the STALE time, or up to three quarters into it, so that accounts
     * that began together, and processes that share one, do not all ask in the same second.
     *
     * @param jitter from 0 up to 1
     */
    static Instant renewal(AccessToken token, double jitter) {
        Duration life = Duration.between(token.issuedAt(), token.expiresAt());
        Duration stale = margin(life, STALE_PART, LONGEST_STALE_MARGIN);
        Duration window = stale.minus(margin(life, EXPIRED_PART, LONGEST_EXPIRED_MARGIN));
        return token.expiresAt().minus(stale).plusMillis((long) (window.toMillis() * jitter * 0.75));
    }

    private static Duration margin(Duration life, int part, Duration longest) {
        Duration margin = life.dividedBy(part);
        return margin.compareTo(longest) < 0 ? margin : longest;
    }
}
