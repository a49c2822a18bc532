package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** {@link Backoff}, {@link Pacing} and {@link AttemptPolicy}. */
class PausesTest {
    private static final RandomGenerator LONGEST = () -> -1L; // nextDouble() is almost 1

    private final SettableClock clock = new SettableClock();

    @Test
    void pausesDoubleUpToTheLimitAndStayThere() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), MailboxHost.SHORTEST);
        assertThat(backoff.next(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
        assertThat(backoff.next(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 100_000; i++) {
            backoff.next(Duration.ZERO);
        }
        assertThat(backoff.next(Duration.ZERO)).isEqualTo(Duration.ofSeconds(150));
        backoff.reset();
        assertThat(backoff.next(Duration.ZERO)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void aPauseIsNeverLongerThanTheLimitUnlessTheServerAsksForIt() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3), LONGEST);
        for (int i = 0; i < 10; i++) {
            assertThat(backoff.next(Duration.ZERO)).isLessThanOrEqualTo(Duration.ofSeconds(3));
        }
        assertThat(backoff.next(Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aServerThatAsksForAnAbsurdPauseGetsAnHour() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3), LONGEST);
        assertThat(backoff.next(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theLoopWaitsForTheNextPollOrForAMailThatIsDueBefore() {
        Pacing pacing = new Pacing(clock, Duration.ofSeconds(60));
        assertThat(pacing.untilNextPoll(Optional.empty())).isEqualTo(Duration.ofSeconds(60));
        assertThat(pacing.untilNextPoll(Optional.of(clock.instant().plusSeconds(61))))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(pacing.untilNextPoll(Optional.of(clock.instant().plusSeconds(5))))
                .isBetween(Duration.ofSeconds(5), Duration.ofMillis(5001));
        assertThat(pacing.untilNextPoll(Optional.of(clock.instant().minusSeconds(5))))
                .isZero();
    }

    @Test
    void aFailedMailWaitsLongerEachTime() {
        assertThat(AttemptPolicy.CONTINUOUS.pause(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(AttemptPolicy.CONTINUOUS.pause(4)).isEqualTo(Duration.ofMinutes(10));
        assertThat(AttemptPolicy.CONTINUOUS.pause(400)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void allAttemptsOfOnceAreMadeWithinTheThirtySecondsOfTheContract() {
        for (int attempts : new int[] {1, 2, 5, 100, Integer.MAX_VALUE}) {
            Duration pause = AttemptPolicy.once(attempts).pause(1);
            assertThat(pause.multipliedBy(attempts - 1)).isLessThanOrEqualTo(Duration.ofSeconds(20));
        }
    }
}
