package io.mailroutes.camel.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.message.FileContent;
import io.mailroutes.message.Mail;
import io.mailroutes.testing.KafkaBroker;
import io.mailroutes.testing.Mails;
import io.mailroutes.testing.StoredMail;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sink alone against a real broker. */
@Timeout(120)
class KafkaSinkTest {
    private static final int LARGER = 8 << 20;

    @TempDir
    static Path directory;

    private static KafkaBroker broker;
    private static int topics;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final List<KafkaSink> sinks = new ArrayList<>();
    private final String topic = "mails-" + topics++;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = KafkaBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void stop() {
        sinks.forEach(KafkaSink::stop);
        context.stop();
    }

    @Test
    void rawBytesAndTheDeliveryKeySurviveWhateverTheMailIs() throws Exception {
        broker.topic(topic, 3, Map.of("max.message.bytes", Integer.toString(LARGER)));
        KafkaSink sink = sink(it -> {
            it.setFormat("raw");
            it.setMaxRequestSize(LARGER);
        });
        Map<String, String> sent = new LinkedHashMap<>();
        Mails mails = Mails.mixed(5);
        for (int uid = 1; uid <= 40; uid++) {
            Mail mail = KafkaExchanges.mail(uid, mails.mail(uid - 1));
            send(sink, mail);
            sent.put(mail.key().text(), StoredMail.sha256(mails.mail(uid - 1)));
        }
        Map<String, String> found = new LinkedHashMap<>();
        broker.records(topic).forEach(record -> found.put(record.key(), StoredMail.sha256(record.value())));
        assertThat(found).isEqualTo(sent).containsKey("box/B%C3%BCro/1/7");
    }

    @Test
    void aLargeMailComesFromItsFile(@TempDir Path large) throws Exception {
        broker.topic(topic, 1, Map.of());
        Path file =
                java.nio.file.Files.write(large.resolve("mail"), Mails.quick(3).mail(19));
        send(
                sink(it -> it.setFormat("raw")),
                KafkaExchanges.mail(1, new FileContent(file, file.toFile().length())));
        assertThat(only().value()).isEqualTo(Mails.quick(3).mail(19));
    }

    @Test
    void theHeadersAreOursAndNothingElse() throws Exception {
        broker.topic(topic, 1, Map.of());
        send(sink(it -> it.setFormat("raw")), hostile());
        Map<String, String> headers = new LinkedHashMap<>();
        only().headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Content-Type", "message/rfc822",
                        "MailKey", "box/B%C3%BCro/1/1",
                        "MailAccount", "box",
                        "MailFolder", "Büro",
                        "MailUidValidity", "1",
                        "MailUid", "1",
                        "MailSize", Long.toString(hostile().raw().size()),
                        "MailInternalDate", "2026-03-01T10:00:00Z"));
    }

    @Test
    void noHeaderOfTheMessageSteersTheRecord() throws Exception {
        broker.topic(topic, 2, Map.of());
        broker.topic("evil", 1, Map.of());
        var exchange = KafkaExchanges.exchange(context, hostile());
        for (String prefix : List.of("kafka.", "CamelKafka")) {
            exchange.getMessage().setHeader(prefix + "OVERRIDE_TOPIC", "evil");
            exchange.getMessage().setHeader(prefix + "OverrideTopic", "evil");
            exchange.getMessage().setHeader(prefix + "Topic", "evil");
            exchange.getMessage().setHeader(prefix + "KEY", "evil");
            exchange.getMessage().setHeader(prefix + "Key", "evil");
            exchange.getMessage().setHeader(prefix + "PartitionKey", 99);
            exchange.getMessage().setHeader(prefix + "OVERRIDE_TIMESTAMP", 1L);
        }
        sink(it -> {}).process(exchange);
        assertThat(broker.records("evil")).isEmpty();
        assertThat(only().key()).isEqualTo("box/B%C3%BCro/1/1");
        assertThat(only().timestamp()).isGreaterThan(1_000_000_000_000L);
        assertThat(only().headers().toArray())
                .extracting(header -> header.key())
                .noneMatch(name -> name.contains("afka"));
    }

    @Test
    void jsonIsTheJsonForm() throws Exception {
        broker.topic(topic, 1, Map.of());
        send(sink(it -> {}), hostile());
        JsonNode json = new ObjectMapper().readTree(only().value());
        assertThat(json.get("key").asText()).isEqualTo("box/B%C3%BCro/1/1");
        assertThat(json.get("subject").asText()).isEqualTo("${sysenv.PATH} {{env:PATH}}");
        assertThat(only().headers().lastHeader("Content-Type").value()).isEqualTo("application/json".getBytes(UTF_8));
    }

    @Test
    void theSameMailTwiceHasOneKeyAndOnePartition() throws Exception {
        broker.topic(topic, 8, Map.of());
        KafkaSink sink = sink(it -> {});
        send(sink, hostile());
        send(sink(it -> {}), hostile());
        assertThat(broker.records(topic))
                .hasSize(2)
                .extracting(ConsumerRecord::key, ConsumerRecord::partition)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(
                        "box/B%C3%BCro/1/1", broker.records(topic).get(0).partition()));
    }

    @Test
    void manyThreadsShareOneProducer() throws Exception {
        broker.topic(topic, 4, Map.of());
        KafkaSink sink = sink(it -> it.setCompression("gzip"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> sends = new ArrayList<>();
            for (int uid = 1; uid <= 200; uid++) {
                Mail mail = KafkaExchanges.mail(uid, Mails.quick(1).mail(uid));
                sends.add(threads.submit(() -> {
                    send(sink, mail);
                    return null;
                }));
            }
            for (Future<?> send : sends) {
                send.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(broker.records(topic))
                .extracting(ConsumerRecord::key)
                .hasSize(200)
                .doesNotHaveDuplicates();
    }

    @Test
    void aMailThatIsTooLargeIsRefusedUnreadWithWhatToRaise() throws Exception {
        broker.topic(topic, 1, Map.of());
        Mail mail = KafkaExchanges.mail(1, new FileContent(directory.resolve("is-not-there"), 1L << 30));
        assertThatThrownBy(() -> send(sink(it -> it.setFormat("raw")), mail))
                .isInstanceOf(KafkaRefusedException.class)
                .hasMessageContainingAll(
                        "box/B%C3%BCro/1/1",
                        "the mail has 1073741824 bytes",
                        "raise maxRequestSize here and max.message.bytes of the topic",
                        "format=json");
    }

    @Test
    void aJsonFormThatIsTooLargeIsRefusedBeforeItIsWhole() throws Exception {
        broker.topic(topic, 1, Map.of());
        Mail mail = KafkaExchanges.mail(1, ("Subject: s\r\n\r\n" + "word ".repeat(300_000)).getBytes(UTF_8));
        assertThatThrownBy(() -> send(sink(it -> {}), mail))
                .isInstanceOf(KafkaRefusedException.class)
                .hasMessageContainingAll("its JSON form has more than", "max.message.bytes");
        assertThat(broker.records(topic)).isEmpty();
    }

    @Test
    void aMailThatOnlyTheBrokerFindsTooLargeIsRefusedAndTheNextIsTaken() throws Exception {
        broker.topic(topic, 1, Map.of("max.message.bytes", "20000"));
        KafkaSink sink = sink(it -> it.setFormat("raw"));
        assertThatThrownBy(() -> send(sink, KafkaExchanges.mail(1, new byte[30_000])))
                .isInstanceOf(KafkaRefusedException.class)
                .hasMessageContainingAll("the broker takes no record so large", "max.message.bytes of the topic");
        send(sink, KafkaExchanges.mail(2, new byte[10_000]));
        assertThat(only().key()).endsWith("/2");
    }

    @Test
    void aTopicThatDoesNotExistIsNoMailsFaultAndIsFoundWhenItIsMade() throws Exception {
        KafkaSink sink = sink(it -> it.setDeliveryTimeout(1_000));
        assertThatThrownBy(() -> send(sink, hostile()))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContainingAll("the topic " + topic + " does not exist", broker.address(), "make it");
        broker.topic(topic, 1, Map.of());
        send(sink, hostile());
        assertThat(broker.records(topic)).hasSize(1);
    }

    @Test
    void aStoppedSinkTakesNothingAndOneStartedAgainDoes() throws Exception {
        broker.topic(topic, 1, Map.of());
        KafkaSink sink = sink(it -> {});
        sink.stop();
        assertThatThrownBy(() -> send(sink, hostile()))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContaining("being stopped");
        sink.start();
        send(sink, hostile());
        assertThat(broker.records(topic)).hasSize(1);
    }

    @Test
    void aBodyThatIsNoMailIsRefusedInWords() throws Exception {
        assertThatThrownBy(() -> sink(it -> {}).process(KafkaExchanges.exchange(context, "text")))
                .hasMessageContaining("mail-kafka-sink needs the mail as the body");
    }

    private KafkaSink sink(Consumer<KafkaSink> options) {
        KafkaSink sink = new KafkaSink();
        sink.setCamelContext(context);
        sink.setTopic(topic);
        sink.setBrokers(broker.address());
        sink.setSecurity("none");
        options.accept(sink);
        sink.start();
        sinks.add(sink);
        return sink;
    }

    private void send(KafkaSink sink, Mail mail) throws Exception {
        sink.process(KafkaExchanges.exchange(context, mail));
    }

    private ConsumerRecord<String, byte[]> only() {
        assertThat(broker.records(topic)).hasSize(1);
        return broker.records(topic).get(0);
    }

    private static Mail hostile() {
        return KafkaExchanges.mail(
                1,
                ("From: a@example.com\r\nSubject: ${sysenv.PATH} {{env:PATH}}\r\nkafka.OVERRIDE_TOPIC: evil\r\n"
                                + "CamelKafkaOverrideTopic: evil\r\nCamelKafkaKey: evil\r\nkafka.KEY: evil\r\n"
                                + "MailKey: evil\r\nMailFolder: evil\r\nContent-Type: text/plain\r\n\r\ntext\r\n")
                        .getBytes(UTF_8));
    }
}
