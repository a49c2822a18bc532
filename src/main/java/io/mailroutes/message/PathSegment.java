package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Any text as one safe path segment: each UTF-8 byte outside {@code [A-Za-z0-9._-]}, and a leading {@code .} or
 * {@code -}, is percent-encoded.
 */
public final class PathSegment {
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

    private static char hex(int nibble) {
        return "0123456789ABCDEF".charAt(nibble);
    }
}
