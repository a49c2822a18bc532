package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sink that says whose failure it is, and how long it is to be left alone. */
@Timeout(60)
class SinkAsksForTimeTest extends MailboxRoutes {
    private static SinkException failure(SinkFailure.Kind kind, Duration retryAfter) {
        return new SinkException(kind, "busy", retryAfter, null);
    }

    @Test
    void aSinkIsLeftAloneForAsLongAsItAsks() throws Exception {
        MailboxHost.append(server, "a");
        AtomicInteger tries = new AtomicInteger();
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?delay=100&maximumAttempts=1")
                    .process(exchange -> {
                        if (tries.incrementAndGet() == 1) {
                            throw new IllegalStateException(failure(SinkFailure.Kind.SINK, Duration.ofSeconds(3)));
                        }
                        arrived.add(subject(exchange));
                    }));
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            Instant since = host.status().since();
            Await.until("it arrives", () -> arrived.size() == 1);
            assertThat(Duration.between(since, Instant.now())).isGreaterThan(Duration.ofMillis(2900));
            assertThat(tries).hasValue(2);
            assertThat(deadLetters()).isEmpty();
        }
    }

    @Test
    void onceDoesNotWaitForASinkThatAsksForLongerThanItHas() throws Exception {
        MailboxHost.append(server, "a");
        long begin = System.nanoTime();
        try (MailboxHost host = host(RunMode.ONCE)) {
            host.start(builder -> builder.from("mailbox:box").process(exchange -> {
                throw failure(SinkFailure.Kind.SINK, Duration.ofMinutes(10));
            }));
            assertThat(host.result()).isEqualTo(LoopResult.UNREACHABLE);
        }
        assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void aFailureThatIsTheMailsIsAnAttemptWhateverItsCause() throws Exception {
        MailboxHost.append(server, "a");
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?delay=100&maximumAttempts=1")
                    .process(exchange -> {
                        throw new SinkException(
                                SinkFailure.Kind.MAIL, "no", Duration.ZERO, new java.net.ConnectException("refused"));
                    }));
            Await.until("it is kept", () -> deadLetters().size() == 1);
        }
    }
}
