package io.mailroutes.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 digest of a content, read as a stream. */
public final class Sha256 {
    private static final int CHUNK = 64 * 1024;

    private Sha256() {}

    /** 64 lower-case hexadecimal digits. */
    public static String hex(Content content) throws IOException {
        return content instanceof PartContent part ? part.sha256() : copy(content, OutputStream.nullOutputStream());
    }

    /** Copies the bytes of a mail and returns their digest: one pass for both. */
    static String copy(Content raw, OutputStream out) throws IOException {
        Copy copy = new Copy(out);
        if (raw instanceof MemoryContent memory) {
            copy.writeAll(memory.bytes());
            return copy.hex();
        }
        byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(raw.size(), 1))];
        try (InputStream in = raw.open()) {
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                copy.write(chunk, 0, count);
            }
        }
        return copy.hex();
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Passes bytes on, counted and digested. */
    static final class Copy extends OutputStream {
        private final OutputStream out;
        private final MessageDigest digest = digest();
        private long size;

        Copy(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            digest.update(bytes, offset, length);
            out.write(bytes, offset, length);
            size += length;
        }

        /** In pieces: a native write of a whole large array would first be copied whole. */
        void writeAll(byte[] bytes) throws IOException {
            for (int at = 0; at < bytes.length; at += CHUNK) {
                write(bytes, at, Math.min(CHUNK, bytes.length - at));
            }
        }

        long size() {
            return size;
        }

        /** Ends the digest: to be asked once. */
        String hex() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }
}
