package io.mailroutes.message;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The decoded bytes of a part, decoded anew at each {@link #open}, so that a large attachment is never held in memory.
 * Its decoded size, its digest and what is wrong with its encoding are learned when it is first read to its end, and
 * decoding it for one of them alone happens only when somebody asks before that.
 */
final class PartContent implements Content {
    private final Content raw;
    private final long start;
    private final long end;
    private final TransferEncoding encoding;
    private final Optional<String> charset;
    private volatile @Nullable Decoded known;

    /**
     * What reading to the end has shown.
     *
     * @param hopeless whether nothing is or can be decoded, so that the undecoded bytes are the content
     * @param sha256 absent when nobody needed it so far
     */
    private record Decoded(long size, boolean hopeless, Optional<String> problem, Optional<String> sha256) {}

    /**
     * @param start where the body of the part begins in the raw mail, in bytes
     * @param end where it ends, exclusive
     * @param header of the part
     */
    PartContent(Content raw, long start, long end, PartHeader header) {
        this.raw = raw;
        this.start = start;
        this.end = end;
        this.encoding = header.encoding();
        this.charset = header.charset();
    }

    /** Which the sender says a text is in. */
    Optional<String> charset() {
        return charset;
    }

    @Override
    public long size() {
        if (encoding == TransferEncoding.IDENTITY) {
            return end - start;
        }
        try {
            return decoded().size();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the raw mail", e);
        }
    }

    @Override
    public InputStream open() throws IOException {
        return isUndecoded() ? encoded() : encoding.decoder(encoded(), end - start);
    }

    /** Only base64 and uuencode can be so wrong that nothing is decoded, and that shows at the end alone. */
    private boolean isUndecoded() throws IOException {
        return switch (encoding) {
            case IDENTITY -> true;
            case QUOTED_PRINTABLE -> false;
            case BASE64, UUENCODE -> decoded().hopeless();
        };
    }

    /** The whole content, or its first bytes when it is longer than {@code most}. */
    byte[] first(int most) throws IOException {
        if (known == null && neverGrows() && end - start <= most) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) (end - start));
            try (DecodingStream in = encoding.decoder(encoded(), end - start)) {
                in.transferTo(bytes);
                if (learn(in, bytes.size(), Optional.empty())) {
                    return bytes.toByteArray();
                }
            }
        }
        try (InputStream in = open()) {
            return in.readNBytes((int) Math.min(most, end - start));
        }
    }

    /** Whether there are never more decoded bytes than encoded ones; a cut line of uuencode stands for 45 bytes. */
    private boolean neverGrows() {
        return encoding == TransferEncoding.BASE64 || encoding == TransferEncoding.QUOTED_PRINTABLE;
    }

    /**
     * Copies the content in one pass that learns its size and digest too.
     *
     * @return false when it shows only at the end that the bytes cannot be decoded: then what was written is of no use,
     *     and a second call writes the undecoded ones
     */
    boolean copyTo(OutputStream out) throws IOException {
        Decoded before = known;
        boolean undecoded = encoding == TransferEncoding.IDENTITY || before != null && before.hopeless();
        Sha256.Copy copy = new Sha256.Copy(out);
        if (undecoded) {
            try (InputStream in = encoded()) {
                in.transferTo(copy);
            }
            Optional<String> problem = before == null ? Optional.empty() : before.problem();
            known = new Decoded(copy.size(), true, problem, Optional.of(copy.hex()));
            return true;
        }
        try (DecodingStream in = encoding.decoder(encoded(), end - start)) {
            in.transferTo(copy);
            return learn(in, copy.size(), Optional.of(copy.hex()));
        }
    }

    /** 64 lower-case hexadecimal digits. */
    String sha256() throws IOException {
        while (true) {
            Decoded now = known;
            if (now != null && now.sha256().isPresent()) {
                return now.sha256().get();
            }
            copyTo(OutputStream.nullOutputStream());
        }
    }

    /** Adds what is wrong with the encoding. */
    void addProblems(String where, Notes notes) throws IOException {
        if (encoding == TransferEncoding.IDENTITY) {
            return;
        }
        Decoded decoded = decoded();
        decoded.problem().ifPresent(problem -> notes.add(where + ": " + problem));
        if (decoded.hopeless()) {
            notes.add(where + ": the bytes are left undecoded");
        }
    }

    private Decoded decoded() throws IOException {
        Decoded now = known;
        while (now == null) {
            try (DecodingStream in = encoding.decoder(encoded(), end - start)) {
                learn(in, in.transferTo(OutputStream.nullOutputStream()), Optional.empty());
            }
            now = known;
        }
        return now;
    }

    /** Returns whether the decoded bytes are the content. */
    private boolean learn(DecodingStream in, long size, Optional<String> sha256) {
        boolean hopeless = in.hopeless();
        known = hopeless
                ? new Decoded(end - start, true, in.problem(), Optional.empty())
                : new Decoded(size, false, in.problem(), sha256);
        return !hopeless;
    }

    /** The bytes of the part as they stand in the mail. */
    private InputStream encoded() throws IOException {
        InputStream in = raw.open();
        try {
            in.skipNBytes(start);
        } catch (IOException e) {
            in.close();
            throw e;
        }
        return new BoundedStream(in, end - start);
    }

    @Override
    public void discard() {
        // The mail that this is a part of owns what is behind it.
    }
}
