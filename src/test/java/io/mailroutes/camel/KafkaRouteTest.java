package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.KafkaBroker;
import io.mailroutes.testing.Mails;
import io.mailroutes.testing.StoredMail;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a mailbox through {@code kamelet:mail-kafka-sink} into a real broker. */
@Timeout(180)
class KafkaRouteTest extends MailboxRoutes {
    private static final int MANY = 200;

    @TempDir
    static Path directory;

    private static KafkaBroker broker;
    private static int topics;

    private final String topic = "route-" + topics++;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = KafkaBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aBrokerThatIsStoppedAndStartedAgainInTheMiddleCostsNoMail() throws Exception {
        broker.topic(topic, 3, Map.of());
        Map<String, String> sent = fill(MANY);
        Semaphore first = new Semaphore(20);
        CountDownLatch stopped = new CountDownLatch(1);
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?select=all&delay=100&concurrency=4&maximumAttempts=2")
                    .process(exchange -> assertThat(first.tryAcquire() || stopped.await(60, TimeUnit.SECONDS))
                            .isTrue())
                    .to(sink("format=raw&deliveryTimeout=2000")));
            Await.until("some are delivered", () -> host.status().delivered() >= 20);
            broker.stop();
            stopped.countDown();
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            long before = host.status().delivered();
            assertThat(before).isLessThan(MANY);
            broker.startAgain();
            Await.until(
                    "all are delivered",
                    Duration.ofSeconds(60),
                    () -> host.status().delivered() == MANY);
            assertThat(deadLetters()).isEmpty();
            Await.until("all are flagged", () -> host.flags().values().stream()
                    .allMatch(flags -> flags.contains("\\Seen")));
        }
        Map<String, String> found = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : broker.records(topic)) {
            String sha256 = StoredMail.sha256(record.value());
            assertThat(found.getOrDefault(uid(record), sha256)).isEqualTo(sha256);
            found.put(uid(record), sha256);
        }
        assertThat(found).isEqualTo(sent);
    }

    @Test
    void aBrokerThatIsAwayAtTheStartIsAwaitedAndNoMailIsFlagged() throws Exception {
        broker.topic(topic, 1, Map.of());
        fill(3);
        broker.stop();
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?select=all&delay=100&maximumAttempts=1")
                    .to(sink("deliveryTimeout=1000")));
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            assertThat(host.flags().values()).hasSize(3).noneMatch(flags -> flags.contains("\\Seen"));
            broker.startAgain();
            Await.until("all are delivered", () -> host.status().delivered() == 3);
            assertThat(deadLetters()).isEmpty();
        }
        assertThat(uids()).containsExactly("1", "2", "3");
    }

    @Test
    void aRouteThatWaitsForABrokerStopsInTime() throws Exception {
        broker.topic(topic, 1, Map.of());
        fill(3);
        broker.stop();
        try {
            MailboxHost host = host(RunMode.CONTINUOUS);
            CountDownLatch waits = new CountDownLatch(1);
            host.start(builder -> builder.from("mailbox:box?select=all&delay=100")
                    .process(exchange -> waits.countDown())
                    .to(sink("deliveryTimeout=60000")));
            waits.await();
            Instant began = Instant.now();
            host.close();
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(10));
        } finally {
            broker.startAgain();
        }
    }

    @Test
    void aTopicThatDoesNotExistPausesTheFolderAndKillsNoMail() throws Exception {
        fill(2);
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?select=all&delay=100&maximumAttempts=1")
                    .to(sink("deliveryTimeout=1000")));
            Await.until("SINK_DOWN", () -> host.status().state() == MailboxState.SINK_DOWN);
            broker.topic(topic, 1, Map.of());
            Await.until("all are delivered", () -> host.status().delivered() == 2);
            assertThat(deadLetters()).isEmpty();
        }
    }

    @Test
    void aMailThatIsTooLargeGoesToTheDeadLettersAndTheOthersArrive() throws Exception {
        broker.topic(topic, 1, Map.of());
        MailboxHost.append(server, "a");
        byte[] large = Mails.mixed(1).mail(19);
        server.append(MailboxHost.USER, large, Instant.parse("2026-03-01T10:00:00Z"));
        MailboxHost.append(server, "b");
        try (MailboxHost host = host(RunMode.ONCE)) {
            host.start(builder -> builder.from("mailbox:box?select=all&maximumAttempts=1")
                    .to(sink("format=raw&maxRequestSize=65536")));
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(uids()).containsExactly("1", "3");
        }
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.resolve("message.eml")).hasBinaryContent(large);
            assertThat(letter.resolve("meta.json")).content().contains("raise maxRequestSize");
        });
    }

    @Test
    void aHostileMailSteersNothing() throws Exception {
        broker.topic(topic, 1, Map.of());
        server.append(
                MailboxHost.USER,
                ("From: a@example.com\r\nSubject: ${sysenv.PATH}{{env:PATH}}\r\nCamelKafkaOverrideTopic: evil\r\n"
                                + "kafka.OVERRIDE_TOPIC: evil\r\nkafka.KEY: evil\r\nMailKey: evil\r\ndelete: true\r\n\r\nx\r\n")
                        .getBytes(UTF_8),
                Instant.parse("2026-03-01T10:00:00Z"));
        try (MailboxHost host = host(RunMode.ONCE)) {
            host.start(builder -> builder.from("mailbox:box?select=all").to(sink("format=json")));
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(uids()).containsExactly("1");
            assertSeen(host, 1);
        }
        assertThat(broker.records(topic).get(0).headers().toArray())
                .extracting(header -> header.key())
                .containsExactlyInAnyOrder(
                        "Content-Type",
                        "MailKey",
                        "MailAccount",
                        "MailFolder",
                        "MailUidValidity",
                        "MailUid",
                        "MailSize",
                        "MailInternalDate");
    }

    @Test
    void aWrongOptionIsSaidWhenTheRouteStarts() {
        try (MailboxHost host = host(RunMode.ONCE)) {
            assertThatThrownBy(() -> host.start(builder ->
                            builder.from("mailbox:box").to(sink("mechanism=plain&user=ann&secretRef=nobody"))))
                    .rootCause()
                    .hasMessage("mail-kafka-sink: secretRef=nobody is not configured: set mailroutes.secrets.nobody");
        }
    }

    @Test
    void behindStockImapsItIsTheSame(@TempDir Path stock) throws Exception {
        broker.topic(topic, 1, Map.of());
        try (StockHost host = new StockHost(stock)) {
            host.append(StockDoorTest.PLAIN);
            host.install();
            host.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(host.uri()).to(sink("format=raw"));
                }
            });
            host.context.start();
            Await.until("the mail arrives", () -> !broker.records(topic).isEmpty());
        }
        ConsumerRecord<String, byte[]> record = broker.records(topic).get(0);
        assertThat(record.key()).matches("support/INBOX/[0-9]+/1");
        assertThat(record.value())
                .isEqualTo(StockDoorTest.PLAIN.replace("\n", "\r\n").getBytes(UTF_8));
    }

    @Test
    void behindStockImapsAMailIsNotFlaggedWhileTheTopicIsMissing(@TempDir Path stock) throws Exception {
        try (StockHost host = new StockHost(stock)) {
            host.append(StockDoorTest.PLAIN);
            host.install();
            CountDownLatch tries = new CountDownLatch(2);
            host.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(host.uri()).process(exchange -> tries.countDown()).to(sink("deliveryTimeout=1000"));
                }
            });
            host.context.start();
            tries.await();
            broker.topic(topic, 1, Map.of());
            Await.until("the mail arrives", () -> !broker.records(topic).isEmpty());
        }
    }

    private String sink(String options) {
        return "kamelet:mail-kafka-sink?topic=" + topic + "&brokers=" + broker.address() + "&security=none&" + options;
    }

    /** @return the digest of each mail by its UID */
    private Map<String, String> fill(int mails) {
        Map<String, String> digests = new HashMap<>();
        for (int index = 0; index < mails; index++) {
            byte[] mail = Mails.quick(7).mail(index);
            server.append(MailboxHost.USER, mail, Instant.parse("2026-03-01T10:00:00Z"));
            digests.put(Integer.toString(index + 1), StoredMail.sha256(mail));
        }
        return digests;
    }

    private Set<String> uids() {
        return broker.records(topic).stream().map(KafkaRouteTest::uid).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String uid(ConsumerRecord<String, byte[]> record) {
        assertThat(record.key()).matches("box/INBOX/[0-9]+/[0-9]+");
        return record.key().substring(record.key().lastIndexOf('/') + 1);
    }
}
