package io.mailroutes.message;

import java.io.InputStream;
import java.util.Optional;

/** The {@code x-uuencode} encoding, from the {@code begin} line to the {@code end} line. */
final class UuStream extends DecodingStream {
    /** A data line has at most 61 characters; what is longer is not one. */
    private static final int LONGEST = 200;

    private final StringBuilder line = new StringBuilder();
    private boolean begun;
    private boolean ended;
    private long malformed;

    UuStream(InputStream in, long length) {
        super(in, length);
    }

    @Override
    void take(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            take(bytes[i] & 0xFF);
        }
    }

    private void take(int b) {
        if (b == '\n') {
            takeLine();
            line.setLength(0);
        } else if (b != '\r' && line.length() < LONGEST) {
            line.append((char) b);
        }
    }

    @Override
    void finish() {
        takeLine();
    }

    private void takeLine() {
        String text = line.toString();
        if (!begun) {
            begun = text.startsWith("begin ");
        } else if (!ended) {
            ended = text.equals("end");
            if (!ended && !text.isEmpty()) {
                decode(text);
            }
        }
    }

    private void decode(String text) {
        int count = text.charAt(0) - ' ' & 0x3F;
        int wanted = (count + 2) / 3 * 4;
        if (text.length() - 1 < wanted - 3) {
            malformed++;
        }
        for (int i = 0; count > 0; i += 4) {
            int bits =
                    value(text, i + 1) << 18 | value(text, i + 2) << 12 | value(text, i + 3) << 6 | value(text, i + 4);
            for (int shift = 16; shift >= 0 && count > 0; shift -= 8, count--) {
                emit(bits >> shift);
            }
        }
    }

    /** Spaces at the end of a line are often lost on the way; they stand for zero. */
    private static int value(String text, int at) {
        return at < text.length() ? text.charAt(at) - ' ' & 0x3F : 0;
    }

    @Override
    Optional<String> problem() {
        if (!begun) {
            return Optional.of("there is no uuencoded text");
        }
        if (malformed > 0) {
            return Optional.of(malformed + " uuencoded lines are too short");
        }
        return ended ? Optional.empty() : Optional.of("the uuencoded text is truncated");
    }

    @Override
    boolean hopeless() {
        return !begun;
    }
}
