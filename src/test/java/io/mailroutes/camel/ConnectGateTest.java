package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ConnectGateTest {
    private static final RandomGenerator LONGEST = () -> -1L; // nextDouble() is almost 1

    private final ConnectGate gate = new ConnectGate(new ConnectGate.Limits(2, 3), MailboxHost.SHORTEST);
    private final List<String> come = new ArrayList<>();

    @Test
    void noMoreThanTheLimitConnectToOneHost() {
        assertThat(ask("a", "1").isGranted()).isTrue();
        assertThat(ask("a", "2").isGranted()).isTrue();
        assertThat(ask("a", "3").isGranted()).isFalse();
    }

    @Test
    void noMoreThanTheLimitConnectInAll() {
        ask("a", "1");
        ask("b", "2");
        ask("c", "3");
        assertThat(ask("d", "4").isGranted()).isFalse();
    }

    @Test
    void whoWaitsForAHostThatHangsKeepsNobodyElseWaiting() {
        ask("slow", "1");
        ask("slow", "2");
        ask("slow", "3");
        assertThat(ask("fast", "4").isGranted()).isTrue();
    }

    @Test
    void firstComeFirstServed() {
        ConnectGate.Turn first = ask("a", "1");
        ConnectGate.Turn second = ask("a", "2");
        ask("a", "3");
        ask("a", "4");
        second.close();
        first.close();
        assertThat(come).containsExactly("3", "4");
    }

    @Test
    void whoLeavesTheQueueIsNotLetInAndHasLetNobodyIn() {
        ConnectGate.Turn first = ask("a", "1");
        ask("a", "2");
        ConnectGate.Turn left = ask("a", "3");
        ConnectGate.Turn next = ask("a", "4");
        left.close();
        assertThat(next.isGranted()).isFalse();
        first.close();
        assertThat(come).containsExactly("4");
        assertThat(left.isGranted()).isFalse();
    }

    @Test
    void aTurnThatIsClosedTwiceFreesOnePlace() {
        ConnectGate.Turn first = ask("a", "1");
        ask("a", "2");
        ask("a", "3");
        ask("a", "4");
        first.close();
        first.close();
        assertThat(come).containsExactly("3");
    }

    @Test
    void twoDoNotBeginWithTheSameHostInTheSameInstant() {
        ConnectGate spread = new ConnectGate(new ConnectGate.Limits(100, 100), LONGEST);
        List<ConnectGate.Turn> turns = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            turns.add(spread.ask("a", () -> {}));
        }
        assertThat(turns.get(0).untilBegin()).isNotPositive();
        assertThat(Duration.ofNanos(turns.get(50).untilBegin()))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(spread.ask("b", () -> {}).untilBegin()).isNotPositive();
    }

    private ConnectGate.Turn ask(String host, String who) {
        return gate.ask(host, () -> come.add(who));
    }
}
