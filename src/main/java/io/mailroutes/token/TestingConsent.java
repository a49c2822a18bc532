package io.mailroutes.token;

import java.time.Duration;

/**
 * Google ends a consent after 7 days while the consent screen of the project is "External" and in "Testing"
 * (developers.google.com/identity/protocols/oauth2, refresh token expiration). No answer says that it is so; how long
 * a consent lived does.
 */
final class TestingConsent {
    static final Duration LIFE = Duration.ofDays(7);
    static final String ADVICE = "The project's consent screen is probably still in Testing: Google ends such consents"
            + " after 7 days. Publish it or make it Internal, then log in again.";

    private static final String PROVIDER = "google";
    private static final Duration SHORTEST = Duration.ofHours(6 * 24 + 12);
    private static final Duration LONGEST = Duration.ofDays(8);

    private TestingConsent() {}

    /** @param age of a consent that works */
    static boolean mayStillEnd(Duration age) {
        return age.compareTo(LONGEST) <= 0;
    }

    /** @param lived how long the consent lived or will live */
    static boolean isSeen(String provider, Duration lived) {
        return provider.equals(PROVIDER) && lived.compareTo(SHORTEST) >= 0 && lived.compareTo(LONGEST) <= 0;
    }
}
