package io.mailroutes.camel.queue;

/**
 * The broker does not take this mail, whatever becomes of the broker. It has no cause, for that would be a JMSException,
 * which elsewhere means that the broker is away; it is among the suppressed ones.
 */
public final class QueueRefusedException extends QueueSinkException {
    private static final long serialVersionUID = 1;

    QueueRefusedException(String message) {
        super(message, null);
    }
}
