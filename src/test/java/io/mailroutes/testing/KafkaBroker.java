package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker in this JVM, one node that is its own controller, on loopback. Takes some seconds to start, so
 * share it. Can be stopped and started again at the same address with what it holds. It makes no topic by itself.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final int START_ATTEMPTS = 5;

    private static final String PLAIN = "PLAINTEXT";
    private static final String CONTROLLER = "CONTROLLER";

    /**
     * What a test wants beside the plain listener.
     *
     * @param listeners further listeners, as {@code SASL_PLAINTEXT} and {@code SSL}, named like what they speak
     * @param scram users as the storage tool takes them, {@code SCRAM-SHA-512=[name=ann,password=secret]}
     * @param lines further lines of the configuration
     */
    public record Wishes(List<String> listeners, List<String> scram, Map<String, String> lines) {
        public static final Wishes NONE = new Wishes(List.of(), List.of(), Map.of());
    }

    private final Path directory;
    private final Map<String, String> more;
    private final Map<String, Integer> ports;
    private KafkaRaftServer server;

    private KafkaBroker(Path directory, Map<String, String> more, Map<String, Integer> ports) {
        this.directory = directory;
        this.more = more;
        this.ports = ports;
        this.server = new KafkaRaftServer(config(), Time.SYSTEM);
    }

    /** @param directory an empty one, for what the broker holds */
    public static KafkaBroker start(Path directory) throws Exception {
        return start(directory, Wishes.NONE);
    }

    public static KafkaBroker start(Path directory, Wishes wishes) throws Exception {
        for (int attempt = 1; ; attempt++) {
            Path log = directory.resolve("log-" + attempt);
            format(log, wishes.scram());
            KafkaBroker broker = new KafkaBroker(log, wishes.lines(), freePorts(wishes.listeners()));
            try {
                broker.server.startup();
                return broker;
            } catch (RuntimeException taken) { // by another process between our look and the broker's bind
                if (attempt == START_ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    /** What {@code bootstrap.servers} wants. */
    public String address() {
        return address(PLAIN);
    }

    public String address(String listener) {
        return "127.0.0.1:" + ports.get(listener);
    }

    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    public void startAgain() {
        server = new KafkaRaftServer(config(), Time.SYSTEM);
        server.startup();
    }

    /** Makes a topic and waits until it is there. */
    public void topic(String name, int partitions, Map<String, String> configuration) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configuration);
            admin.createTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
        }
        Await.until("topic " + name, () -> partitions(name) == partitions);
    }

    private int partitions(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            return consumer.partitionsFor(topic).size();
        }
    }

    /** Everything that is in a topic now, by partition and offset. */
    public List<ConsumerRecord<String, byte[]>> records(String topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            while (all.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
            return found;
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", address(), "max.partition.fetch.bytes", 64 << 20, "fetch.max.wait.ms", 50),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private static void format(Path log, List<String> scram) throws Exception {
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(log.toString())
                .setMetadataLogDirectory(log.toString())
                .setControllerListenerName(CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setScramArguments(scram)
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, UTF_8))
                .run();
    }

    private KafkaConfig config() {
        Properties lines = new Properties();
        lines.put("process.roles", "broker,controller");
        lines.put("node.id", "1");
        lines.put("controller.quorum.voters", "1@" + address(CONTROLLER));
        lines.put("controller.listener.names", CONTROLLER);
        lines.put("inter.broker.listener.name", PLAIN);
        lines.put(
                "listeners",
                ports.keySet().stream()
                        .map(name -> name + "://" + address(name))
                        .collect(Collectors.joining(",")));
        lines.put(
                "listener.security.protocol.map",
                ports.keySet().stream()
                        .map(name -> name + ":" + (name.equals(CONTROLLER) ? PLAIN : name))
                        .collect(Collectors.joining(",")));
        lines.put("log.dirs", directory.toString());
        lines.put("auto.create.topics.enable", "false");
        lines.put("offsets.topic.replication.factor", "1");
        lines.put("offsets.topic.num.partitions", "1");
        lines.put("transaction.state.log.replication.factor", "1");
        lines.put("transaction.state.log.min.isr", "1");
        lines.put("num.network.threads", "2");
        lines.put("num.io.threads", "2");
        lines.put("log.cleaner.enable", "false");
        lines.putAll(more);
        return new KafkaConfig(lines, false);
    }

    /** Held together, so that no two are the same. */
    private static Map<String, Integer> freePorts(List<String> listeners) {
        Map<String, ServerSocket> held = new LinkedHashMap<>();
        Stream.concat(Stream.of(PLAIN, CONTROLLER), listeners.stream()).forEach(name -> held.put(name, bound()));
        Map<String, Integer> ports = new LinkedHashMap<>();
        held.forEach((name, socket) -> ports.put(name, socket.getLocalPort()));
        held.values().forEach(KafkaBroker::release);
        return ports;
    }

    private static ServerSocket bound() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
