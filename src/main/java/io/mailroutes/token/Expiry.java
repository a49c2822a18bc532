package io.mailroutes.token;

import java.time.Duration;
import java.time.Instant;

/**
 * Something of an account that ends.
 *
 * @param at when it ends, or has ended
 * @param advice what it means and what to do, in sentences
 */
public record Expiry(String account, What what, Instant at, Urgency urgency, String advice) {
    private static final Duration SOON = Duration.ofDays(14);

    /** What it is. */
    public enum What {
        /** Lives for an hour or so and is replaced by itself. */
        ACCESS_TOKEN("access token"),
        /** The refresh token, unless it is used before (the provider's idle limit). */
        UNUSED_REFRESH_TOKEN("unused refresh token"),
        /** The refresh token, used or not: the server has told it. */
        REFRESH_TOKEN("refresh token"),
        /** A consent for a Google project whose consent screen is in Testing. */
        CONSENT_IN_TESTING("consent"),
        /** The certificate that belongs to the client's private key. */
        CERTIFICATE("certificate"),
        /** The client secret, by {@code client-secret-expires}. */
        CLIENT_SECRET("client secret");

        private final String words;

        What(String words) {
            this.words = words;
        }

        /** In the middle of a sentence. */
        public String words() {
            return words;
        }
    }

    /** Whether somebody should act. */
    public enum Urgency {
        /** Nobody need act. */
        FINE,
        /** It ends within 14 days. */
        SOON,
        /** It has ended. */
        OVER;

        static Urgency of(Instant end, Instant now) {
            if (!now.isBefore(end)) {
                return OVER;
            }
            return Duration.between(now, end).compareTo(Expiry.SOON) <= 0 ? SOON : FINE;
        }
    }
}
