package io.mailroutes.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Files and directories that appear whole or not at all: written aside, flushed to the disk, renamed into place, and
 * the directory flushed too. Nothing else in the house writes files that must survive.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /** Writes the content of one file. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes the files of one directory; the directory exists and is empty. */
    @FunctionalInterface
    public interface DirectoryWriter {
        void writeInto(Path directory) throws IOException;
    }

    /**
     * Replaces {@code file} by what the writer writes; parents are created. Mode 0600, directories 0700.
     *
     * @param fsync whether to wait for the disk
     */
    public static void writeFile(Path file, boolean fsync, Writer writer) throws IOException {
        throw new UnsupportedOperationException("skeleton" + file + fsync + writer);
    }

    /** Replaces {@code directory} by one that holds what the writer writes. */
    public static void writeDirectory(Path directory, boolean fsync, DirectoryWriter writer) throws IOException {
        throw new UnsupportedOperationException("skeleton" + directory + fsync + writer);
    }
}
