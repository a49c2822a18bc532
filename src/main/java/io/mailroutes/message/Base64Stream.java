package io.mailroutes.message;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Base64 (RFC 2045 section 6.8). Characters outside the alphabet are skipped, as the RFC asks; padding in the middle
 * starts a new run, because senders join encoded pieces; a missing end yields the bytes that are complete.
 */
final class Base64Stream extends DecodingStream {
    private static final byte ILLEGAL = -1;
    private static final byte SPACE = -2;
    private static final byte PADDING = -3;
    private static final byte[] VALUES = values();

    /** From one illegal character in twenty on, the bytes are not base64 but something else that is so labelled. */
    private static final int HOPELESS_SHARE = 20;

    private int bits;
    private int characters;
    private long legal;
    private long illegal;
    private boolean truncated;

    Base64Stream(InputStream in, long length) {
        super(in, length);
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, ILLEGAL);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        for (char c : " \t\r\n".toCharArray()) {
            values[c] = SPACE;
        }
        values['='] = PADDING;
        return values;
    }

    @Override
    void take(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (characters == 0) {
                at = takeQuads(bytes, at, to);
            }
            if (at < to) {
                take(bytes[at++] & 0xFF);
            }
        }
    }

    /**
     * What nearly all of a clean text is: fours of legal characters. Ends before the first four with anything else in it,
     * a line end for example, which is for {@link #take(int)}.
     */
    private int takeQuads(byte[] bytes, int from, int to) {
        byte[] out = room((to - from) / 4 * 3);
        int end = end();
        int at = from;
        for (; at + 4 <= to; at += 4) {
            int quad = VALUES[bytes[at] & 0xFF] << 18
                    | VALUES[bytes[at + 1] & 0xFF] << 12
                    | VALUES[bytes[at + 2] & 0xFF] << 6
                    | VALUES[bytes[at + 3] & 0xFF];
            if (quad < 0) { // one of the four is not of the alphabet
                break;
            }
            out[end] = (byte) (quad >> 16);
            out[end + 1] = (byte) (quad >> 8);
            out[end + 2] = (byte) quad;
            end += 3;
        }
        end(end);
        legal += at - from;
        return at;
    }

    private void take(int b) {
        byte value = VALUES[b];
        if (value >= 0) {
            legal++;
            bits = bits << 6 | value;
            if (++characters == 4) {
                emit(bits >> 16);
                emit(bits >> 8);
                emit(bits);
                characters = 0;
            }
        } else if (value == PADDING) {
            endRun();
        } else if (value == ILLEGAL) {
            illegal++;
        }
    }

    private void endRun() {
        if (characters == 3) {
            emit(bits >> 10);
            emit(bits >> 2);
        } else if (characters == 2) {
            emit(bits >> 4);
        } else if (characters == 1) {
            truncated = true;
        }
        characters = 0;
    }

    @Override
    void finish() {
        endRun();
    }

    @Override
    Optional<String> problem() {
        if (illegal > 0) {
            return Optional.of(illegal + " characters are not base64");
        }
        return truncated ? Optional.of("the base64 text is truncated") : Optional.empty();
    }

    @Override
    boolean hopeless() {
        return illegal * HOPELESS_SHARE > legal + illegal;
    }
}
