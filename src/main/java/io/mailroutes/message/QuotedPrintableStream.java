package io.mailroutes.message;

import java.io.InputStream;
import java.util.Optional;

/**
 * Quoted-printable (RFC 2045 section 6.7). A {@code =} that introduces nothing legal stands for itself; white space at
 * the end of a line is dropped, since it was added on the way.
 */
final class QuotedPrintableStream extends DecodingStream {
    /** No more white space than this is held back; a longer run is text, whatever follows. */
    private static final int HELD_BACK = 1000;

    private static final int NONE = -1;

    private final StringBuilder spaces = new StringBuilder();
    private boolean escaped;
    private int firstDigit = NONE;
    private boolean softBreak;
    private long malformed;

    QuotedPrintableStream(InputStream in, long length) {
        super(in, length);
    }

    @Override
    void take(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (!escaped) {
                at = takeText(bytes, at, to);
            }
            if (at < to) {
                take(bytes[at++] & 0xFF);
            }
        }
    }

    /** Text that stands for itself, as one piece. White space at its end may be that of a line and is left. */
    private int takeText(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '=' && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        while (end > from && (bytes[end - 1] == ' ' || bytes[end - 1] == '\t')) {
            end--;
        }
        if (end > from) {
            flushSpaces();
            emit(bytes, from, end - from);
        }
        return end;
    }

    private void take(int b) {
        if (escaped) {
            takeEscaped(b);
        } else if (b == '=') {
            flushSpaces();
            escaped = true;
        } else if (b == ' ' || b == '\t') {
            spaces.append((char) b);
            if (spaces.length() > HELD_BACK) {
                flushSpaces();
            }
        } else {
            if (b == '\r' || b == '\n') {
                spaces.setLength(0);
            }
            flushSpaces();
            emit(b);
        }
    }

    private void takeEscaped(int b) {
        if (firstDigit != NONE) {
            takeSecondDigit(b);
        } else if (b == '\n') {
            endEscape();
        } else if (b == '\r' || b == ' ' || b == '\t') {
            softBreak = true;
        } else if (Character.digit(b, 16) >= 0 && !softBreak) {
            firstDigit = b;
        } else {
            takeAfterStray(b);
        }
    }

    private void takeSecondDigit(int b) {
        int low = Character.digit(b, 16);
        if (low < 0) {
            malformed++;
            int digit = firstDigit;
            endEscape();
            emit('=');
            emit(digit);
            take(b);
            return;
        }
        emit(Character.digit(firstDigit, 16) << 4 | low);
        endEscape();
    }

    /** A soft break without its line feed is a break all the same; any other {@code =} stands for itself. */
    private void takeAfterStray(int b) {
        malformed++;
        boolean broken = softBreak;
        endEscape();
        if (!broken) {
            emit('=');
        }
        take(b);
    }

    private void endEscape() {
        escaped = false;
        softBreak = false;
        firstDigit = NONE;
    }

    private void flushSpaces() {
        for (int i = 0; i < spaces.length(); i++) {
            emit(spaces.charAt(i));
        }
        spaces.setLength(0);
    }

    @Override
    void finish() {
        if (firstDigit != NONE) {
            malformed++;
            emit('=');
            emit(firstDigit);
        }
    }

    @Override
    Optional<String> problem() {
        return malformed > 0
                ? Optional.of(malformed + " malformed quoted-printable escapes were kept as they are")
                : Optional.empty();
    }

    @Override
    boolean hopeless() {
        return false;
    }
}
