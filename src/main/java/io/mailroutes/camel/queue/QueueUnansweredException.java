package io.mailroutes.camel.queue;

import org.jspecify.annotations.Nullable;

/** The broker did not acknowledge the mail: it may be away, or the mail too much for it; it may have it. */
public final class QueueUnansweredException extends QueueSinkException {
    private static final long serialVersionUID = 1;

    QueueUnansweredException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
