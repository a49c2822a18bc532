package io.mailroutes.camel.queue;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka's exceptions mean for a mail, in words. What a broker says is not repeated in them. */
final class KafkaFailures {
    private final String brokers;
    private final String topic;
    private final long deliveryTimeout;

    KafkaFailures(String brokers, String topic, long deliveryTimeout) {
        this.brokers = brokers;
        this.topic = topic;
        this.deliveryTimeout = deliveryTimeout;
    }

    /** The broker or the topic could not be found out about; no record was sent. */
    KafkaSinkException ofFinding(Throwable failure, String key) {
        if (unknownTopic(failure)) {
            return away(
                    key,
                    "the topic " + topic + " does not exist at " + brokers + ": make it, or correct topic; it is"
                            + " never made by this sink",
                    failure);
        }
        if (failure instanceof TimeoutException) {
            return away(
                    key,
                    "no broker of " + brokers + " answered within " + deliveryTimeout + " ms: check brokers, the"
                            + " network, and whether security fits the broker's listener",
                    failure);
        }
        return ofSending(failure, key);
    }

    /** No broker's name can be resolved, of which Kafka's client cannot be made; the name server may be away. */
    KafkaSinkException ofResolving(Throwable failure, String key) {
        return away(key, "no name of " + brokers + " can be resolved: check brokers and DNS", failure);
    }

    /** A record was handed to the producer. */
    KafkaSinkException ofSending(Throwable failure, String key) {
        if (failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException) {
            return new KafkaRefusedException(
                    sentence(key, "the broker takes no record so large: " + KafkaRecords.WHAT_TO_RAISE), failure);
        }
        if (failure instanceof InvalidRecordException || failure instanceof InvalidTimestampException) {
            return new KafkaRefusedException(
                    sentence(key, "the broker refused the record (" + name(failure) + ")"), failure);
        }
        if (failure instanceof TimeoutException) {
            return new KafkaUnansweredException(
                    sentence(
                            key,
                            "the topic " + topic + " at " + brokers + " did not acknowledge it within "
                                    + deliveryTimeout + " ms; it may be there, and comes again with the same key"),
                    failure);
        }
        return away(key, reason(failure), failure);
    }

    private String reason(Throwable failure) {
        if (failure instanceof SslAuthenticationException) {
            return "no TLS with " + brokers + ": check security and caFile, and that the names in the broker's"
                    + " certificate are those in brokers";
        }
        if (failure instanceof AuthenticationException) {
            return "the broker refused the login: check mechanism, user and secretRef";
        }
        if (failure instanceof TopicAuthorizationException) {
            return "the user may not write to the topic " + topic + ": grant WRITE and DESCRIBE on it";
        }
        if (failure instanceof ClusterAuthorizationException
                || failure instanceof TransactionalIdAuthorizationException) {
            return "the user may not write idempotently: grant IDEMPOTENT_WRITE on the cluster, which brokers before"
                    + " 2.8 ask for";
        }
        if (failure instanceof InvalidTopicException) {
            return "the broker does not accept " + topic + " as the name of a topic";
        }
        if (failure instanceof NotEnoughReplicasException || failure instanceof NotEnoughReplicasAfterAppendException) {
            return "the topic " + topic + " has fewer replicas in sync than its min.insync.replicas wants";
        }
        if (failure instanceof IllegalStateException) {
            return "the route is being stopped, or another mail found the producer at its end";
        }
        return (failure instanceof RetriableException ? "the broker is busy or in change (" : "the producer failed (")
                + name(failure) + ")";
    }

    /** Whether only a new producer can go on: most failures but the passing ones and those of a record end an idempotent one. */
    static boolean endsTheProducer(Throwable failure, KafkaSinkException meaning) {
        return meaning instanceof KafkaAwayException
                && !(failure instanceof RetriableException)
                && !(failure instanceof TopicAuthorizationException)
                && !(failure instanceof InvalidTopicException);
    }

    /** A producer says so in the cause of its time-out. */
    private static boolean unknownTopic(Throwable failure) {
        return failure instanceof UnknownTopicOrPartitionException
                || failure.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private static KafkaAwayException away(String key, String what, Throwable failure) {
        return new KafkaAwayException(sentence(key, what), failure);
    }

    private static String sentence(String key, String what) {
        return "mail-kafka-sink: " + key + " is not delivered, " + what;
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
