package io.mailroutes.camel.queue;

/** The broker did not acknowledge the record in time: it may be away, or the mail too much for it; it may have it. */
public final class KafkaUnansweredException extends KafkaSinkException {
    private static final long serialVersionUID = 1;

    KafkaUnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
