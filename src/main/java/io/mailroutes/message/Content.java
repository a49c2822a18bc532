package io.mailroutes.message;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a mail exactly as the server holds them (RFC 5322), in memory or in a temporary file, or the decoded
 * bytes of one of its parts. Every {@link #open} reads from the start. {@link #discard} frees what is behind it;
 * afterwards {@code open} fails.
 */
public sealed interface Content permits MemoryContent, FileContent, PartContent {
    /** How many bytes there are. */
    long size();

    InputStream open() throws IOException;

    /** Deletes the temporary file, if there is one. May be called twice. A part leaves this to its mail. */
    void discard();
}
