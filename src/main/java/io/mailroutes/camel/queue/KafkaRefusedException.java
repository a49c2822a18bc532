package io.mailroutes.camel.queue;

/** This mail cannot become a record of the topic, most often because it is too large; others can. */
public final class KafkaRefusedException extends KafkaSinkException {
    private static final long serialVersionUID = 1;

    KafkaRefusedException(String message) {
        super(message);
    }

    KafkaRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
