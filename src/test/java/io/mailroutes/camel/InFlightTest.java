package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Mail;
import io.mailroutes.message.UidSet;
import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InFlightTest {
    private final SettableClock clock = new SettableClock();
    private final Signal signal = new Signal();
    private final InFlight inFlight = new InFlight(signal, clock);
    private final Mail seven = TestMails.of(7, new byte[100]);

    @Test
    void aMailIsInFlightUntilItsOutcomeIsTaken() {
        inFlight.add(seven);
        inFlight.delivered(seven);
        assertThat(inFlight.uids()).isEqualTo(UidSet.range(7, 7));
        assertThat(inFlight.bytes()).as("held").isZero();
        assertThat(inFlight.take()).hasSize(1);
        assertThat(inFlight.isEmpty()).isTrue();
        assertThat(inFlight.bytes()).isZero();
        assertThat(inFlight.take()).isEmpty();
    }

    @Test
    void theBytesOfAFailedMailAreHeldUntilItIsJudged() {
        inFlight.add(seven);
        inFlight.failed(seven, new Exception("no"));
        assertThat(inFlight.bytes()).isEqualTo(100);
        inFlight.take();
        assertThat(inFlight.bytes()).isZero();
    }

    @Test
    void theSameUidOfTwoNumberingsIsTwoMails() {
        Mail renumbered = TestMails.of(2, 7, new byte[50]);
        inFlight.add(seven);
        inFlight.add(renumbered);
        inFlight.delivered(seven);
        inFlight.take();
        assertThat(inFlight.uids()).isEqualTo(UidSet.range(7, 7));
        assertThat(inFlight.bytes()).isEqualTo(50);
    }

    @Test
    void anOutcomeWakesWhoWaits() throws Exception {
        inFlight.add(seven);
        inFlight.failed(seven, new Exception("no"));
        assertThat(inFlight.hasFailure()).isTrue();
        signal.await(Duration.ofDays(1_000_000));
    }

    @Test
    void mailsThatDoNotMoveAreStuck() {
        assertThat(inFlight.isStuckFor(Duration.ZERO)).isFalse();
        inFlight.add(seven);
        clock.advance(Duration.ofMinutes(5));
        assertThat(inFlight.isStuckFor(Duration.ofMinutes(5))).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(inFlight.isStuckFor(Duration.ofMinutes(5))).isTrue();
        inFlight.add(TestMails.of(8, new byte[1]));
        assertThat(inFlight.isStuckFor(Duration.ofMinutes(5))).isFalse();
    }
}
