package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    private static final Instant ISSUED = Instant.parse("2026-03-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // one hour: stale in the last 5 min, expired in the last minute
        "PT1H, PT0S, FRESH",
        "PT1H, PT54M59S, FRESH",
        "PT1H, PT55M, STALE",
        "PT1H, PT58M59S, STALE",
        "PT1H, PT59M, EXPIRED",
        "PT1H, PT2H, EXPIRED",
        // five minutes: the last 60 s and the last 30 s
        "PT5M, PT3M59S, FRESH",
        "PT5M, PT4M, STALE",
        "PT5M, PT4M29S, STALE",
        "PT5M, PT4M30S, EXPIRED",
        // one minute: the last 12 s and the last 6 s
        "PT1M, PT47S, FRESH",
        "PT1M, PT48S, STALE",
        "PT1M, PT54S, EXPIRED",
        // one year: not a fifth of it
        "P365D, P364D, FRESH",
    })
    void theMarginsArePartsOfTheLifeWithAnUpperEnd(Duration life, Duration age, Freshness expected) {
        AccessToken token = new AccessToken(Secret.of("t"), ISSUED, ISSUED.plus(life), Optional.empty());

        assertThat(Freshness.of(token, ISSUED.plus(age))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // from the beginning of the stale time to three quarters of the way to the expired one
        "PT1H, 0, PT55M",
        "PT1H, 1, PT58M",
        "PT5M, 0, PT4M",
        "PT5M, 1, PT4M22.5S",
        "PT5S, 0, PT4S",
        "PT5S, 1, PT4.375S",
    })
    void theNextOneIsGotSomewhereInTheStaleTime(Duration life, double jitter, Duration age) {
        AccessToken token = new AccessToken(Secret.of("t"), ISSUED, ISSUED.plus(life), Optional.empty());

        assertThat(Freshness.renewal(token, jitter)).isEqualTo(ISSUED.plus(age));
        assertThat(Freshness.of(token, Freshness.renewal(token, jitter))).isEqualTo(Freshness.STALE);
    }

    @Test
    void whatNeverExpiresIsAlwaysFresh() {
        AccessToken token = new AccessToken(Secret.of("t"), Instant.EPOCH, Instant.MAX, Optional.empty());

        assertThat(Freshness.of(token, ISSUED)).isEqualTo(Freshness.FRESH);
    }

    @Test
    void aTokenWithoutALifeIsExpired() {
        AccessToken token = new AccessToken(Secret.of("t"), ISSUED, ISSUED, Optional.empty());

        assertThat(Freshness.of(token, ISSUED)).isEqualTo(Freshness.EXPIRED);
    }
}
