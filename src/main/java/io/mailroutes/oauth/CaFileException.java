package io.mailroutes.oauth;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The certificates to trust cannot be read. */
final class CaFileException extends IOException {
    private static final long serialVersionUID = 1L;

    CaFileException(Optional<Path> caFile, Exception cause) {
        super(words(caFile, cause), cause);
    }

    private static String words(Optional<Path> caFile, Exception cause) {
        String file = caFile.map(Path::toString).orElse("the trust store of the JVM");
        return cause instanceof NoSuchFileException
                ? file + " does not exist"
                : file + " cannot be used as a list of certificate authorities: " + cause.getMessage();
    }
}
