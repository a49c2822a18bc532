package io.mailroutes.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T10:00:00Z"));

    @Test
    void itIsSecondsOrADate() {
        assertThat(RetryAfter.of(" 120 ", clock)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.of("0", clock)).isZero();
        assertThat(RetryAfter.of("Sun, 01 Mar 2026 10:00:30 GMT", clock)).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999",
                "999999999999",
                "9999999999999999999999999999999999999999",
                "Fri, 31 Dec 9999 23:59:59 GMT"
            })
    void whatIsAbsurdIsAYearForWhoeverWaitsToCap(String absurd) {
        assertThat(RetryAfter.of(absurd, clock)).isEqualTo(Duration.ofDays(365));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-5",
                "1.5",
                "soon",
                "[1, 2]",
                "Sun, 01 Mar 2026 09:00:00 GMT",
                "Mon, 01 Mar 2026 10:00:30 GMT",
                "2026-03-01T10:00:30Z"
            })
    void whatIsPastOrCannotBeReadIsNoRequest(String text) {
        assertThat(RetryAfter.of(text, clock)).isZero();
        assertThat(RetryAfter.of(null, clock)).isZero();
    }
}
