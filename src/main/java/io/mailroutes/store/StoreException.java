package io.mailroutes.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** State could not be read or written. */
public abstract sealed class StoreException extends RuntimeException
        permits TransientStoreException, PermanentStoreException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * What went wrong with a file. Missing permission and a file where a directory should be are permanent; all else,
     * above all a full disk, is transient: for many causes Java knows nothing but a text in the language of the system.
     *
     * @param action what was tried, as in "cannot ACTION"
     */
    public static StoreException of(String action, IOException cause) {
        String message = "cannot " + action + ": " + cause;
        if (cause instanceof AccessDeniedException
                || cause instanceof NotDirectoryException
                || cause instanceof FileAlreadyExistsException) {
            return new PermanentStoreException(
                    message + ". The user that runs Mailroutes must be able to write there", cause);
        }
        return new TransientStoreException(message + ". Is the disk full? It is tried again; no mail is lost", cause);
    }
}
