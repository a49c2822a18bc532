package io.mailroutes.camel.queue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** One producer for all threads of a sink, made anew when one has failed for good. */
final class KafkaSender implements AutoCloseable {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Map<String, Object> configuration;
    private final KafkaFailures failures;
    private final long longestWait;
    private @Nullable Producer<String, byte[]> current;
    private boolean closed;

    /** @param longestWait milliseconds after which an acknowledgement that Kafka itself has forgotten is given up */
    KafkaSender(Map<String, Object> configuration, KafkaFailures failures, long longestWait) {
        this.configuration = configuration;
        this.failures = failures;
        this.longestWait = longestWait;
    }

    /**
     * Makes the producer, so that a wrong configuration is known before the first mail. A broker whose name cannot be
     * resolved yet does not keep a route from starting.
     */
    synchronized void open() {
        try {
            current = make();
        } catch (KafkaException e) {
            if (!isUnresolved(e)) {
                throw new IllegalArgumentException(
                        "mail-kafka-sink: Kafka's client does not start: check brokers, and caFile and certificateFile,"
                                + " which have to be PEM, a key in PKCS#8 and not encrypted",
                        e);
            }
        }
    }

    private Producer<String, byte[]> make() {
        return new KafkaProducer<>(configuration, new StringSerializer(), new ByteArraySerializer());
    }

    /** Kafka has no class for this. */
    private static boolean isUnresolved(KafkaException failure) {
        return failure.getCause() instanceof ConfigException cause
                && String.valueOf(cause.getMessage()).startsWith("No resolvable bootstrap urls");
    }

    /** Returns when all replicas in sync have the record. */
    void send(ProducerRecord<String, byte[]> record) throws KafkaSinkException, InterruptedException {
        Producer<String, byte[]> producer = find(record);
        try {
            producer.send(record).get(longestWait, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw meant(producer, e.getCause() == null ? e : e.getCause(), record.key());
        } catch (TimeoutException e) {
            throw meant(producer, new org.apache.kafka.common.errors.TimeoutException(e), record.key());
        } catch (InterruptException e) {
            throw interrupted();
        } catch (KafkaException | IllegalStateException e) { // the latter of a producer that was closed meanwhile
            throw meant(producer, e, record.key());
        }
    }

    /** A producer that knows the topic: that it does not is told apart from a record that is not acknowledged. */
    private Producer<String, byte[]> find(ProducerRecord<String, byte[]> record)
            throws KafkaSinkException, InterruptedException {
        Producer<String, byte[]> producer = producer(record.key());
        try {
            producer.partitionsFor(record.topic());
            return producer;
        } catch (InterruptException e) {
            throw interrupted();
        } catch (KafkaException | IllegalStateException e) {
            KafkaSinkException meaning = failures.ofFinding(e, record.key());
            dropIfEnded(producer, e, meaning);
            throw meaning;
        }
    }

    private static InterruptedException interrupted() {
        Thread.interrupted(); // cleared, as by everything that throws InterruptedException
        return new InterruptedException("mail-kafka-sink: interrupted while a record was being sent");
    }

    private synchronized Producer<String, byte[]> producer(String key) throws KafkaSinkException {
        if (closed) {
            throw failures.ofSending(new IllegalStateException("the route is being stopped"), key);
        }
        if (current == null) {
            try {
                current = make();
            } catch (KafkaException e) {
                throw isUnresolved(e) ? failures.ofResolving(e, key) : failures.ofSending(e, key);
            }
        }
        return current;
    }

    private KafkaSinkException meant(Producer<String, byte[]> producer, Throwable failure, String key) {
        KafkaSinkException meaning = failures.ofSending(failure, key);
        dropIfEnded(producer, failure, meaning);
        return meaning;
    }

    private void dropIfEnded(Producer<String, byte[]> producer, Throwable failure, KafkaSinkException meaning) {
        if (KafkaFailures.endsTheProducer(failure, meaning)) {
            synchronized (this) {
                current = current == producer ? null : current;
            }
            producer.close(AT_ONCE);
        }
    }

    /** What nobody has acknowledged yet fails, and its mail comes again. */
    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            current.close(AT_ONCE);
            current = null;
        }
    }
}
