package io.mailroutes.camel.queue;

import org.jspecify.annotations.Nullable;

/** The broker cannot be reached, lets us not in or has no room: no mail is the cause of that. */
public final class QueueAwayException extends QueueSinkException {
    private static final long serialVersionUID = 1;

    QueueAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
