package io.mailroutes.store;

import org.jspecify.annotations.Nullable;

/** State could not be read or written. */
public abstract sealed class StoreException extends RuntimeException
        permits TransientStoreException, PermanentStoreException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
