package io.mailroutes.store;

import java.nio.file.FileSystemException;

/** File systems take names of 255 bytes, of which {@link TemporaryName} needs some. Trying again never helps. */
final class NameTooLongException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    NameTooLongException(String file, int length) {
        super(
                file,
                null,
                "the name is " + length + " bytes long, of which a file system takes at most " + TemporaryName.LIMIT
                        + " here");
    }
}
