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
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

    private final Path directory;
    private final Map<String, String> more;
    private final int port;
    private final int controllerPort;
    private KafkaRaftServer server;

    private KafkaBroker(Path directory, Map<String, String> more, int port, int controllerPort) {
        this.directory = directory;
        this.more = more;
        this.port = port;
        this.controllerPort = controllerPort;
        this.server = new KafkaRaftServer(config(), Time.SYSTEM);
    }

    /** @param directory an empty one, for what the broker holds */
    public static KafkaBroker start(Path directory) throws Exception {
        return start(directory, Map.of());
    }

    /** @param more further lines of its configuration */
    public static KafkaBroker start(Path directory, Map<String, String> more) throws Exception {
        for (int attempt = 1; ; attempt++) {
            List<Integer> ports = freePorts(2);
            Path log = directory.resolve("log-" + attempt);
            format(log);
            KafkaBroker broker = new KafkaBroker(log, more, ports.get(0), ports.get(1));
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
        return "127.0.0.1:" + port;
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

    private static void format(Path log) throws Exception {
        new Formatter()
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .addDirectory(log.toString())
                .setMetadataLogDirectory(log.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setPrintStream(new PrintStream(PrintStream.nullOutputStream(), false, UTF_8))
                .run();
    }

    private KafkaConfig config() {
        Properties lines = new Properties();
        lines.put("process.roles", "broker,controller");
        lines.put("node.id", "1");
        lines.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        lines.put("controller.listener.names", "CONTROLLER");
        lines.put("inter.broker.listener.name", "PLAINTEXT");
        lines.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
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
    private static List<Integer> freePorts(int count) {
        List<ServerSocket> held =
                IntStream.range(0, count).mapToObj(one -> bound()).toList();
        List<Integer> ports = held.stream().map(ServerSocket::getLocalPort).toList();
        held.forEach(KafkaBroker::release);
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
