package io.mailroutes.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A new file of mode 0600, written from its beginning. Only a channel can be given the mode with the one call that
 * creates the file, but an interrupt closes a channel. So an interrupt is kept for later; when one comes in the middle
 * of a write, the file is opened again in the way that no interrupt disturbs, and the write is done anew.
 */
final class PrivateFile extends OutputStream {
    /** A native write copies its bytes into memory of its own first: no more than this at once. */
    private static final int PIECE = 64 * 1024;

    /** Gathers what comes in small pieces, as JSON does; made when the first small piece comes. */
    private static final int GATHERED = 16 * 1024;

    private final Path path;
    private final FileChannel channel;
    private byte @Nullable [] gathered;
    private int count;
    private long written;
    private boolean interrupted;
    private @Nullable RandomAccessFile reopened;

    private PrivateFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Fails when there is such a file. */
    static PrivateFile create(Path path) throws IOException {
        return new PrivateFile(path, FileChannel.open(path, Set.of(CREATE_NEW, WRITE), FileModes.file(path)));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (count + length > GATHERED) {
            flush();
        }
        if (length >= GATHERED) {
            writeThrough(bytes, offset, length);
            return;
        }
        byte[] buffer = gathered;
        if (buffer == null) {
            buffer = new byte[GATHERED];
            gathered = buffer;
        }
        System.arraycopy(bytes, offset, buffer, count, length);
        count += length;
    }

    @Override
    public void flush() throws IOException {
        byte[] buffer = gathered;
        if (buffer != null && count > 0) {
            int length = count;
            count = 0;
            writeThrough(buffer, 0, length);
        }
    }

    private void writeThrough(byte[] bytes, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += PIECE) {
            writePiece(bytes, offset + at, Math.min(PIECE, length - at));
        }
    }

    private void writePiece(byte[] bytes, int offset, int length) throws IOException {
        interrupted |= Thread.interrupted();
        RandomAccessFile file = reopened;
        if (file == null) {
            try {
                ByteBuffer piece = ByteBuffer.wrap(bytes, offset, length);
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            } catch (ClosedByInterruptException interrupt) {
                file = reopen();
            }
        }
        if (file != null) {
            file.write(bytes, offset, length);
        }
        written += length;
    }

    /** How much of the interrupted piece was written is not known: it is written over. */
    private RandomAccessFile reopen() throws IOException {
        interrupted |= Thread.interrupted();
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        reopened = file;
        file.seek(written);
        return file;
    }

    /** Waits until the disk has what was written and flushed. */
    void sync() throws IOException {
        interrupted |= Thread.interrupted();
        RandomAccessFile file = reopened;
        if (file == null) {
            try {
                channel.force(true);
                return;
            } catch (ClosedByInterruptException interrupt) {
                file = reopen();
            }
        }
        file.getFD().sync();
    }

    /** Gives the thread its interrupt back. What was not flushed is lost. */
    @Override
    public void close() throws IOException {
        count = 0;
        RandomAccessFile file = reopened;
        try {
            channel.close();
            if (file != null) {
                file.close();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
