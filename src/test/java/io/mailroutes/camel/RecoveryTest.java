package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.imap.TransientImapException;
import io.mailroutes.imap.TransientImapException.Kind;
import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Duration PROVEN = Duration.ofSeconds(10);

    private final SettableClock clock = new SettableClock();
    private final Recovery recovery = new Recovery(clock, PROVEN, Duration.ofMinutes(5), MailboxHost.SHORTEST);

    @Test
    void aSessionThatEndsWithItsTokenCostsNoPause() {
        recovery.live(0);
        clock.advance(PROVEN);
        Trouble end = recovery.judge(ended(), 0);
        assertThat(end.nature()).isEqualTo(Trouble.Nature.RECYCLED);
        assertThat(recovery.pause(end)).isEqualTo(Duration.ZERO);
    }

    @Test
    void aSessionThatDeliveredProvedItself() {
        recovery.live(3);
        assertThat(recovery.judge(ended(), 4).nature()).isEqualTo(Trouble.Nature.RECYCLED);
    }

    @Test
    void aServerThatEndsEachSessionAtOnceIsNotRunAgainst() {
        Duration last = Duration.ZERO;
        for (int i = 0; i < 5; i++) {
            recovery.live(0);
            Duration pause = recovery.pause(recovery.judge(ended(), 0));
            assertThat(pause).isGreaterThan(last);
            last = pause;
        }
    }

    @Test
    void connectionsThatBreakAtOnceAreMadeLessAndLessOftenAndOneThatHeldMakesThatGood() {
        Supplier<Duration> broken = () -> {
            recovery.live(0);
            return recovery.pause(recovery.judge(new TransientImapException("x", Duration.ZERO, null), 0));
        };
        Duration first = broken.get();
        assertThat(broken.get()).isEqualTo(first.multipliedBy(2));
        assertThat(broken.get()).isEqualTo(first.multipliedBy(4));
        recovery.live(0);
        clock.advance(PROVEN);
        assertThat(recovery.pause(recovery.judge(new TransientImapException("x", Duration.ZERO, null), 0)))
                .isEqualTo(first);
    }

    @Test
    void aMailboxThatStaysClosedIsAConfigurationErrorInTheEndAndStillTriedNowAndThen() {
        Duration all = Duration.ZERO;
        Trouble trouble = recovery.judge(unopened(), 0);
        int times = 1;
        while (trouble.nature() == Trouble.Nature.UNOPENED) {
            assertThat(trouble.state()).isEqualTo(MailboxState.CONNECTING);
            Duration pause = recovery.pause(trouble);
            assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(15));
            clock.advance(pause);
            all = all.plus(pause);
            trouble = recovery.judge(unopened(), 0);
            times++;
        }
        assertThat(times).isBetween(5, 10);
        assertThat(all).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(30));
        assertThat(trouble.state()).isEqualTo(MailboxState.BROKEN);
        assertThat(trouble.result()).isEqualTo(LoopResult.CONFIGURATION);
        assertThat(trouble.reason()).contains("the configuration is wrong");
        assertThat(recovery.pause(trouble)).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(10));
    }

    @Test
    void anOverloadThatPassedIsForgotten() {
        for (int i = 0; i < 4; i++) {
            recovery.judge(unopened(), 0);
            clock.advance(Duration.ofMinutes(10));
        }
        recovery.live(0);
        assertThat(recovery.judge(unopened(), 0).state()).isEqualTo(MailboxState.CONNECTING);
        clock.advance(Duration.ofMinutes(10));
        assertThat(recovery.judge(unopened(), 0).state()).isEqualTo(MailboxState.CONNECTING);
    }

    @Test
    void aBusyServerIsLeftAloneForAsLongAsItSays() {
        Trouble busy = recovery.judge(TroubleTest.of(Kind.BUSY, Duration.ofMillis(92_415)), 0);
        assertThat(busy.state()).isEqualTo(MailboxState.THROTTLED);
        assertThat(recovery.pause(busy)).isEqualTo(Duration.ofMillis(92_415));
    }

    private static TransientImapException ended() {
        return TroubleTest.of(Kind.SESSION_ENDED, Duration.ZERO);
    }

    private static TransientImapException unopened() {
        return TroubleTest.of(Kind.MAILBOX_NOT_OPENED, Duration.ZERO);
    }
}
