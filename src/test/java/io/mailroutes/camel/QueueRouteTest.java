package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.camel.queue.QueueChild;
import io.mailroutes.camel.queue.QueueHost;
import io.mailroutes.camel.queue.QueueHost.Received;
import io.mailroutes.testing.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole routes into queues. */
@Timeout(180)
class QueueRouteTest extends MailboxRoutes {
    private static final String SINK = "kamelet:mail-queue-sink?destination=orders&format=raw";

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private MailboxHost host(RunMode mode, Map<String, String> more) {
        return new MailboxHost(
                server.imapPort(),
                data.resolve("data"),
                new Installation.Terms(mode, false, Clock.systemUTC(), MailboxHost.SHORTEST),
                more);
    }

    private static String[] subjects(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "mail " + i).toArray(String[]::new);
    }

    @Test
    void aMailboxIsEmptiedIntoTheEmbeddedBrokerWhichOutlivesTheContext() throws Exception {
        MailboxHost.append(server, subjects(20));
        try (MailboxHost host = host(RunMode.ONCE, Map.of())) {
            host.start(builder -> builder.from("mailbox:box?concurrency=3").to(SINK));
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertSeen(host, 20);
        }
        int port = freePort();
        try (QueueChild broker = QueueChild.broker(data.resolve("data"), port)) {
            broker.awaitLine("listening");
            List<Received> taken = QueueHost.take("tcp://127.0.0.1:" + port, "orders");
            assertThat(taken).hasSize(20).extracting(Received::key).doesNotHaveDuplicates();
            assertThat(taken).allMatch(mail -> new String(mail.body(), UTF_8).contains("Subject: mail "));
        }
    }

    @Test
    void aBrokerThatIsKilledAndStartedAgainInTheMiddleOfThreeHundredMailsHasEachOnce() throws Exception {
        MailboxHost.append(server, subjects(300));
        int port = freePort();
        String url = "tcp://127.0.0.1:" + port;
        try (MailboxHost host = host(RunMode.CONTINUOUS, Map.of("mailroutes.queue.url", url))) {
            QueueChild first = QueueChild.broker(data.resolve("broker"), port);
            first.awaitLine("listening");
            host.start(builder -> builder.from("mailbox:box?delay=100&concurrency=2&maximumAttempts=1")
                    .to(SINK)
                    .process(exchange -> arrived.add(subject(exchange))));
            Await.until("a part has arrived", Duration.ofSeconds(60), () -> arrived.size() > 60);
            first.kill();
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            assertThat(arrived).hasSizeLessThan(300);
            try (QueueChild second = QueueChild.broker(data.resolve("broker"), port)) {
                second.awaitLine("listening");
                Await.until("all have arrived", Duration.ofSeconds(60), () -> new TreeSet<>(arrived).size() == 300);
                List<Received> taken = QueueHost.take(url, "orders");
                assertThat(taken).hasSize(300).extracting(Received::key).doesNotHaveDuplicates();
            }
            assertThat(deadLetters()).isEmpty();
            Await.until("all are seen", () -> host.flags().values().stream().allMatch(f -> f.contains("\\Seen")));
        }
    }

    @Test
    void withoutABrokerMailsStayOnTheServerAndCostNoAttempt() throws Exception {
        MailboxHost.append(server, "a", "b");
        try (MailboxHost host =
                host(RunMode.CONTINUOUS, Map.of("mailroutes.queue.url", "tcp://127.0.0.1:" + freePort()))) {
            host.start(builder -> builder.from("mailbox:box?maximumAttempts=1").to(SINK));
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            assertThat(host.status().reason()).contains("QueueAwayException: mail-queue-sink: the broker at tcp://");
            assertThat(host.flags().values()).hasSize(2).noneMatch(flags -> flags.contains("\\Seen"));
            assertThat(deadLetters()).isEmpty();
        }
    }

    @Test
    void aMailThatTheBrokerAloneRefusesIsDeadLetteredAndTheOthersPass() throws Exception {
        MailboxHost.append(server, "a", "poison", "c", "d");
        try (ChoosyBroker broker = new ChoosyBroker("poison");
                MailboxHost host = host(RunMode.CONTINUOUS, Map.of("mailroutes.queue.url", broker.url()))) {
            host.start(builder -> builder.from("mailbox:box?delay=100&maximumAttempts=1")
                    .to(SINK)
                    .process(exchange -> arrived.add(subject(exchange))));
            Await.until(
                    "the dead letter",
                    Duration.ofSeconds(60),
                    () -> deadLetters().size() == 1);
            Await.until("the others arrive", () -> arrived.size() == 3);
            assertThat(arrived).containsExactlyInAnyOrder("a", "c", "d");
            assertThat(QueueHost.take(broker.url(), "orders")).hasSize(3);
        }
    }

    @Test
    void aBadOptionIsSaidAtTheStartAndNotAtTheFirstMail() {
        try (MailboxHost host = host(RunMode.ONCE, Map.of())) {
            assertThatThrownBy(() -> host.start(builder ->
                            builder.from("mailbox:box").to("kamelet:mail-queue-sink?destination=orders&format=pdf")))
                    .hasStackTraceContaining("mail-queue-sink: format=pdf is not known: use json or raw");
        }
        try (MailboxHost host = host(RunMode.ONCE, Map.of("mailroutes.queue.embedded", "false"))) {
            assertThatThrownBy(() ->
                            host.start(builder -> builder.from("mailbox:box").to(SINK)))
                    .hasStackTraceContaining("mailroutes.queue.url: is needed");
        }
    }

    @Test
    void stockImapPutsTheSameMailUnderTheSameKindOfKey() throws Exception {
        int port = freePort();
        try (StockHost host = new StockHost(data.resolve("data"))) {
            host.set("mailroutes.queue.listen", "127.0.0.1:" + port);
            host.append(StockDoorTest.PLAIN);
            host.install();
            host.context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
                @Override
                public void configure() {
                    from(host.uri()).to(SINK).process(exchange -> arrived.add("one"));
                }
            });
            host.context.start();
            Await.until("it has arrived", () -> !arrived.isEmpty());

            List<Received> taken = QueueHost.take("tcp://127.0.0.1:" + port, "orders");
            assertThat(taken).hasSize(1);
            assertThat(taken.get(0).key()).startsWith("support/INBOX/").endsWith("/1");
            assertThat(new String(taken.get(0).body(), UTF_8)).isEqualTo(StockDoorTest.PLAIN.replace("\n", "\r\n"));
        }
    }

    @Test
    void routesThatUseNoQueueLoadNothingOfABroker() throws Exception {
        MailboxHost.append(server, "a");
        try (MailboxHost host = host(RunMode.ONCE, Map.of())) {
            host.start(builder -> builder.from("mailbox:box").process(exchange -> arrived.add(subject(exchange))));
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
        }
        assertThat(Files.exists(data.resolve("data/queue"))).isFalse();
    }
}
