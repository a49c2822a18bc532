package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/**
 * Any text as one safe path segment: each UTF-8 byte outside {@code [A-Za-z0-9._-]}, and a leading {@code .} or
 * {@code -}, is percent-encoded.
 */
public final class PathSegment {
    private static final int LONGEST = 200;

    private PathSegment() {}

    public static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
            boolean inside = (c == '.' || c == '-') && !encoded.isEmpty();
            if (plain || inside) {
                encoded.append(c);
            } else {
                encoded.append('%').append(hex(c >> 4)).append(hex(c & 0xF));
            }
        }
        return encoded.toString();
    }

    /**
     * The same for a name of any length. File systems end at 255 bytes a name, so what would be longer than 200 characters
     * is cut, and a digest keeps it apart from its like; that leaves room for what stands around it.
     */
    public static String ofAnyLength(String text) {
        String encoded = encode(text);
        if (encoded.length() <= LONGEST) {
            return encoded;
        }
        String digest = HexFormat.of().formatHex(Sha256.digest().digest(encoded.getBytes(US_ASCII)), 0, 8);
        return encoded.substring(0, LONGEST - 17).replaceFirst("%.?$", "") + "~" + digest;
    }

    private static char hex(int nibble) {
        return "0123456789ABCDEF".charAt(nibble);
    }
}
