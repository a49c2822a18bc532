package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole routes whose sink is down: no mail pays, nobody is hammered, all arrive in the end. */
@Timeout(90)
class SinkDownRouteTest extends MailboxRoutes {
    @Test
    void aSinkThatIsDownIsNotHammeredAndOneMailAtATimeIsTried() throws Exception {
        MailboxHost.append(server, "a", "b", "c");
        AtomicInteger tries = new AtomicInteger();
        AtomicBoolean up = new AtomicBoolean();
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?delay=100&maximumAttempts=1")
                    .process(exchange -> {
                        tries.incrementAndGet();
                        if (!up.get()) {
                            throw new ConnectException("refused");
                        }
                        arrived.add(subject(exchange));
                    }));
            Await.until("the third try", () -> tries.get() >= 3);
            assertThat(host.status().state()).isEqualTo(MailboxState.SINK_DOWN);
            assertThat(Duration.between(host.status().since(), Instant.now()))
                    .isGreaterThan(Duration.ofMillis(1400)); // two pauses of at least 0.5 s and 1 s
            up.set(true);
            Await.until("all arrive", () -> arrived.size() == 3);
            Await.until("the state is LIVE", () -> host.status().state() == MailboxState.LIVE);
            assertThat(deadLetters()).isEmpty();
        }
    }

    @Test
    void whenTheSinkIsBackAMailThatBreaksItDoesNotKeepTheOthers() throws Exception {
        MailboxHost.append(server, "poison", "b", "c");
        AtomicInteger tries = new AtomicInteger();
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?delay=100").process(exchange -> {
                if (tries.incrementAndGet() <= 3 || subject(exchange).equals("poison")) {
                    throw new ConnectException("refused"); // each of the three is a suspect then
                }
                arrived.add(subject(exchange));
            }));
            Await.until("the others arrive", () -> arrived.size() == 2);
        }
    }

    @Test
    void aHandedOverMailWhoseSinkIsDownIsNotHammeredEither() throws Exception {
        MailboxHost.append(server, "a");
        AtomicInteger tries = new AtomicInteger();
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> {
                builder.from("mailbox:box?delay=100").to("seda:later");
                builder.from("seda:later").process(exchange -> {
                    tries.incrementAndGet();
                    throw new ConnectException("refused");
                });
            });
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            Instant down = host.status().since();
            int before = tries.get();
            Await.until("two more tries", () -> tries.get() >= before + 2);
            assertThat(Duration.between(down, Instant.now())).isGreaterThan(Duration.ofMillis(1400));
        }
    }

    @Test
    void aFullSedaQueueCostsNoAttempt() throws Exception {
        MailboxHost.append(server, "a", "b", "c", "d", "e");
        CountDownLatch full = new CountDownLatch(1);
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> {
                builder.from("mailbox:box?delay=100&maximumAttempts=1").to("seda:small?size=1");
                builder.from("seda:small?size=1").process(exchange -> {
                    full.await();
                    arrived.add(subject(exchange));
                });
            });
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            full.countDown();
            Await.until("all arrive", () -> arrived.size() == 5);
            assertThat(deadLetters()).isEmpty();
        }
    }
}
