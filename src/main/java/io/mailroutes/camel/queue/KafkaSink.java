package io.mailroutes.camel.queue;

import static java.util.Objects.requireNonNull;

import io.mailroutes.account.Secret;
import io.mailroutes.camel.Installation;
import io.mailroutes.camel.MailBodies;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes each mail as a record of a Kafka topic and returns when all replicas in sync have it. The record's key is the
 * delivery key, so a mail that is delivered twice is found by its key and lies in the same partition. What {@code
 * kamelet:mail-kafka-sink} does. It speaks to Kafka's producer itself: {@code kafka:} takes topic, key, partition and
 * timestamp from headers of the message, and this has none to take them from.
 */
public final class KafkaSink extends ServiceSupport implements Processor, CamelContextAware {
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final int LEAST_REQUEST = 16 * 1024;
    private static final int MOST_REQUEST = 512 * 1024 * 1024;
    private static final int LEAST_TIMEOUT = 1_000;
    private static final int MOST_TIMEOUT = 600_000;
    private static final long LEAST_BUFFER = 8L * 1024 * 1024;

    private @Nullable CamelContext context;
    private String topic = "";
    private String brokers = "";
    private KafkaRecords.Format format = KafkaRecords.Format.JSON;
    private boolean tls = true;
    private Optional<String> mechanism = Optional.empty();
    private String user = "";
    private String secretRef = "";
    private Optional<Path> caFile = Optional.empty();
    private Optional<Path> certificateFile = Optional.empty();
    private int maxRequestSize = 1_048_576;
    private int deliveryTimeout = 30_000;
    private String compression = "none";
    private @Nullable KafkaRecords records;
    private @Nullable KafkaSender sender;

    /** The topic's name; it has to exist. */
    public void setTopic(String topic) {
        this.topic = topic.strip();
    }

    /** {@code HOST:PORT}, several separated by commas. */
    public void setBrokers(String brokers) {
        this.brokers = brokers;
    }

    /** {@code json} (the default) or {@code raw}. */
    public void setFormat(String format) {
        try {
            this.format = KafkaRecords.Format.valueOf(format.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "mail-kafka-sink: format=" + format + " is not known: use json or raw", e);
        }
    }

    /** {@code tls} (the default) or {@code none}. */
    public void setSecurity(String security) {
        String word = security.strip().toLowerCase(Locale.ROOT);
        KafkaAccess.refuse(
                !word.equals("tls") && !word.equals("none"), "security=" + security + " is not known: use tls or none");
        this.tls = word.equals("tls");
    }

    /** {@code none} (the default), {@code plain}, {@code scram-sha-256} or {@code scram-sha-512}. */
    public void setMechanism(String mechanism) {
        this.mechanism = KafkaAccess.mechanism(mechanism);
    }

    /** Who logs in. */
    public void setUser(String user) {
        this.user = user.strip();
    }

    /** The NAME of {@code mailroutes.secrets.NAME}, whose value is the password. */
    public void setSecretRef(String secretRef) {
        this.secretRef = secretRef.strip();
    }

    /** A PEM file with the authorities that sign the brokers' certificates, in place of Java's own. */
    public void setCaFile(String caFile) {
        this.caFile = file(caFile);
    }

    /** A PEM file with our own certificate, its chain and its key (PKCS#8, not encrypted), for mutual TLS. */
    public void setCertificateFile(String certificateFile) {
        this.certificateFile = file(certificateFile);
    }

    /** The most bytes of a record with its key and headers; 1048576 unless set, as is the brokers' own default. */
    public void setMaxRequestSize(int maxRequestSize) {
        KafkaAccess.refuse(
                maxRequestSize < LEAST_REQUEST || maxRequestSize > MOST_REQUEST,
                "maxRequestSize=" + maxRequestSize + " is not between " + LEAST_REQUEST + " and " + MOST_REQUEST);
        this.maxRequestSize = maxRequestSize;
    }

    /** Milliseconds within which a record has to be acknowledged, tries of Kafka's own included; 30000 unless set. */
    public void setDeliveryTimeout(int deliveryTimeout) {
        KafkaAccess.refuse(
                deliveryTimeout < LEAST_TIMEOUT || deliveryTimeout > MOST_TIMEOUT,
                "deliveryTimeout=" + deliveryTimeout + " is not between " + LEAST_TIMEOUT + " and " + MOST_TIMEOUT);
        this.deliveryTimeout = deliveryTimeout;
    }

    /** {@code none} (the default), {@code gzip}, {@code snappy}, {@code lz4} or {@code zstd}. */
    public void setCompression(String compression) {
        String word = compression.strip().toLowerCase(Locale.ROOT);
        KafkaAccess.refuse(
                !word.matches("none|gzip|snappy|lz4|zstd"),
                "compression=" + compression + " is not known: use none, gzip, snappy, lz4 or zstd");
        this.compression = word;
    }

    private static Optional<Path> file(String name) {
        return name.isBlank() ? Optional.empty() : Optional.of(Path.of(name.strip()));
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    protected void doStart() {
        KafkaAccess.refuse(topic.isEmpty(), "topic is not set");
        KafkaAccess.refuse(
                !TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals(".."),
                "topic=" + topic + " is no name of a topic: up to 249 of A-Z a-z 0-9 . _ -");
        KafkaAccess access = new KafkaAccess(brokers, tls, mechanism, user, password(), caFile, certificateFile);
        records = new KafkaRecords(topic, format, maxRequestSize);
        // Kafka may wait that long for the topic, and then for the acknowledgement.
        long longestWait = 2L * deliveryTimeout + LEAST_TIMEOUT;
        sender = new KafkaSender(
                configuration(access), new KafkaFailures(access.brokers(), topic, deliveryTimeout), longestWait);
        sender.open();
    }

    private Optional<Secret> password() {
        if (secretRef.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Secret> secrets = Installation.of(requireNonNull(context, "context"))
                .configuration()
                .settings()
                .secrets();
        KafkaAccess.refuse(
                !secrets.containsKey(secretRef),
                "secretRef=" + secretRef + " is not configured: set mailroutes.secrets." + secretRef);
        return Optional.ofNullable(secrets.get(secretRef));
    }

    private Map<String, Object> configuration(KafkaAccess access) {
        Map<String, Object> lines = new LinkedHashMap<>(access.configuration());
        lines.put("acks", "all");
        lines.put("enable.idempotence", true);
        lines.put("linger.ms", 0);
        lines.put("delivery.timeout.ms", deliveryTimeout);
        lines.put("request.timeout.ms", deliveryTimeout / 2);
        lines.put("max.block.ms", deliveryTimeout);
        lines.put("max.request.size", maxRequestSize);
        lines.put("buffer.memory", Math.max(LEAST_BUFFER, 2L * maxRequestSize));
        lines.put("compression.type", compression);
        lines.put("client.id", "mailroutes-" + topic);
        return lines;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        requireNonNull(sender, "not started")
                .send(requireNonNull(records, "not started").of(MailBodies.of(exchange, "mail-kafka-sink")));
    }

    @Override
    protected void doStop() {
        if (sender != null) {
            sender.close();
        }
    }
}
