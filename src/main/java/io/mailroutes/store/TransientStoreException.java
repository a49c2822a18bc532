package io.mailroutes.store;

import org.jspecify.annotations.Nullable;

/** The disk is full or the database is busy: trying later may help. */
public final class TransientStoreException extends StoreException {
    private static final long serialVersionUID = 1L;

    public TransientStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
