package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SignalTest {
    private final Signal signal = new Signal();
    private final AtomicInteger woken = new AtomicInteger();

    @Test
    void aWaitIsNotBegunWhenTheSignalCameBefore() throws Exception {
        signal.raise();
        assertThat(signal.await(() -> woken.addAndGet(100), woken::incrementAndGet))
                .isTrue();
        assertThat(woken).hasValue(0);
        assertThat(signal.await(Duration.ZERO)).isFalse();
    }

    @Test
    void aSignalWakesTheWaitAndNoneAfterIt() {
        assertThat(signal.await(signal::raise, woken::incrementAndGet)).isTrue();
        assertThat(woken).hasValue(1);
        signal.raise();
        assertThat(woken).hasValue(1);
    }

    @Test
    void aWaitThatFailsDoesNotSwallowTheSignal() throws Exception {
        assertThatThrownBy(() -> signal.await(
                        () -> {
                            signal.raise();
                            throw new IllegalStateException("the line broke");
                        },
                        woken::incrementAndGet))
                .isInstanceOf(IllegalStateException.class);
        assertThat(signal.await(Duration.ZERO)).isTrue();
        signal.raise();
        assertThat(woken).as("the wait that failed is woken no more").hasValue(1);
    }
}
