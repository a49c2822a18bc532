package io.mailroutes.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaFailuresTest {
    private static final String ECHO = "canary: what a broker said";
    private static final String KEY = "box/INBOX/1/7";

    private final KafkaFailures failures = new KafkaFailures("kafka:9092", "mails", 30_000);

    static Stream<Arguments> ofSending() {
        return Stream.of(
                refused(new RecordTooLargeException(ECHO), "takes no record so large: raise maxRequestSize"),
                refused(new RecordBatchTooLargeException(ECHO), "max.message.bytes of the topic"),
                refused(new InvalidRecordException(ECHO), "refused the record (InvalidRecordException)"),
                refused(new InvalidTimestampException(ECHO), "refused the record (InvalidTimestampException)"),
                Arguments.of(
                        new TimeoutException(ECHO),
                        KafkaUnansweredException.class,
                        "did not acknowledge it within 30000 ms; it may be there"),
                away(new SaslAuthenticationException(ECHO), "refused the login: check mechanism, user and secretRef"),
                away(new SslAuthenticationException(ECHO), "no TLS with kafka:9092: check security and caFile"),
                away(new TopicAuthorizationException(ECHO), "may not write to the topic mails: grant WRITE"),
                away(new ClusterAuthorizationException(ECHO), "IDEMPOTENT_WRITE"),
                away(new InvalidTopicException(ECHO), "does not accept mails as the name of a topic"),
                away(new NotEnoughReplicasException(ECHO), "min.insync.replicas"),
                away(new NotEnoughReplicasAfterAppendException(ECHO), "min.insync.replicas"),
                away(new LeaderNotAvailableException(ECHO), "busy or in change (LeaderNotAvailableException)"),
                away(new ProducerFencedException(ECHO), "the producer failed (ProducerFencedException)"),
                away(new IllegalStateException(ECHO), "the route is being stopped"));
    }

    private static Arguments refused(Throwable failure, String words) {
        return Arguments.of(failure, KafkaRefusedException.class, words);
    }

    private static Arguments away(Throwable failure, String words) {
        return Arguments.of(failure, KafkaAwayException.class, words);
    }

    @ParameterizedTest
    @MethodSource("ofSending")
    void saysWhoseFaultItIsWithoutRepeatingTheBroker(Throwable failure, Class<?> type, String words) {
        assertThat(failures.ofSending(failure, KEY))
                .isInstanceOf(type)
                .hasCause(failure)
                .hasMessageStartingWith("mail-kafka-sink: box/INBOX/1/7 is not delivered, ")
                .hasMessageContaining(words)
                .message()
                .doesNotContain("canary");
    }

    @Test
    void aTopicThatIsNotThereIsToldFromABrokerThatIsNotThere() {
        assertThat(failures.ofFinding(new TimeoutException("x", new UnknownTopicOrPartitionException()), KEY))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContaining("the topic mails does not exist");
        assertThat(failures.ofFinding(new TimeoutException("x"), KEY))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContaining("no broker of kafka:9092 answered");
        assertThat(failures.ofFinding(new TopicAuthorizationException("x"), KEY))
                .hasMessageContaining("may not write to the topic mails");
    }

    @Test
    void onlyWhatEndsAnIdempotentProducerCostsAProducer() {
        assertThat(ends(new ProducerFencedException("x"))).isTrue();
        assertThat(ends(new OutOfOrderSequenceException("x"))).isTrue();
        assertThat(ends(new SaslAuthenticationException("x"))).isTrue();
        assertThat(ends(new KafkaException("x"))).isTrue();
        assertThat(ends(new RecordTooLargeException("x"))).isFalse();
        assertThat(ends(new TimeoutException("x"))).isFalse();
        assertThat(ends(new NotEnoughReplicasException("x"))).isFalse();
        assertThat(ends(new TopicAuthorizationException("x"))).isFalse();
    }

    private boolean ends(RuntimeException failure) {
        return KafkaFailures.endsTheProducer(failure, failures.ofSending(failure, KEY));
    }
}
