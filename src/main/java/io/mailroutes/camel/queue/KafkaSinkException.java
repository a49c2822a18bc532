package io.mailroutes.camel.queue;

/** A mail did not get into its Kafka topic, or it is not known that it did; says why and what to do next. */
public abstract sealed class KafkaSinkException extends Exception
        permits KafkaAwayException, KafkaUnansweredException, KafkaRefusedException {
    private static final long serialVersionUID = 1;

    KafkaSinkException(String message, Throwable cause) {
        super(message, cause);
    }

    KafkaSinkException(String message) {
        super(message);
    }
}
