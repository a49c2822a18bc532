package io.mailroutes.store;

import org.jspecify.annotations.Nullable;

/** The state is damaged, unreadable or too openly readable: a person has to act. */
public final class PermanentStoreException extends StoreException {
    private static final long serialVersionUID = 1L;

    public PermanentStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
