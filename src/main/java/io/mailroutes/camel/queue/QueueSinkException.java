package io.mailroutes.camel.queue;

import org.jspecify.annotations.Nullable;

/** A mail did not get into its queue, or it is not known that it did; says why and what to do next. */
public abstract sealed class QueueSinkException extends Exception
        permits QueueAwayException, QueueUnansweredException, QueueRefusedException {
    private static final long serialVersionUID = 1;

    QueueSinkException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
