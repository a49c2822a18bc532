package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SingleFlightTest {
    private final SingleFlight<String> flight = new SingleFlight<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void aThreadThatWaitsTakesOverFromAnInterruptedOne() throws Exception {
        Future<String> leader = threads.submit(() -> flight.join(this::endless));
        started.await();
        Future<String> follower = threads.submit(() -> flight.join(() -> "mine"));

        leader.cancel(true);

        assertThat(follower.get()).isEqualTo("mine");
    }

    @Test
    void aThreadThatWaitsCanBeInterruptedWithoutHarmToTheWork() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Future<String> leader = threads.submit(() -> flight.join(() -> {
            started.countDown();
            release.await();
            return "done";
        }));
        started.await();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> flight.join(() -> "not run")).isInstanceOf(InterruptedException.class);
        release.countDown();
        assertThat(leader.get()).isEqualTo("done");
    }

    @Test
    void neitherAResultNorAFailureIsKept() throws Exception {
        assertThatThrownBy(() -> flight.join(() -> {
                    throw new IllegalStateException("once");
                }))
                .hasMessage("once");
        assertThat(flight.join(() -> "first")).isEqualTo("first");
        assertThat(flight.join(() -> "second")).isEqualTo("second");
    }

    @Test
    void anErrorReachesAllWhoWait() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Future<String> leader = threads.submit(() -> flight.join(() -> {
            started.countDown();
            release.await();
            throw new AssertionError("broken");
        }));
        started.await();
        Future<String> follower = threads.submit(() -> {
            release.countDown();
            return flight.join(() -> {
                throw new AssertionError("broken");
            });
        });

        assertThatThrownBy(leader::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(AssertionError.class);
        assertThatThrownBy(follower::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AssertionError.class);
    }

    private String endless() throws InterruptedException {
        started.countDown();
        never.await();
        return "never";
    }
}
