package io.mailroutes.camel.queue;

/** The broker cannot be used, whatever the mail: away, busy, the topic missing, the login or the right refused. */
public final class KafkaAwayException extends KafkaSinkException {
    private static final long serialVersionUID = 1;

    KafkaAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
