package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Text in which a mark and two hexadecimal digits stand for a byte (RFC 2047 section 4.2, RFC 2231 section 4). */
final class Percent {
    private Percent() {}

    /** A mark without two digits behind it stands for itself. */
    static byte[] decode(String text, char mark) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int done = 0;
        for (int at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
            int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
            int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
            if (at >= done && high >= 0 && low >= 0) {
                bytes.writeBytes(text.substring(done, at).getBytes(UTF_8));
                bytes.write(high << 4 | low);
                done = at + 3;
            }
        }
        bytes.writeBytes(text.substring(done).getBytes(UTF_8));
        return bytes.toByteArray();
    }
}
