package io.mailroutes.message;

import java.util.Arrays;
import java.util.Locale;

/** UTF-7 (RFC 2152), which Java does not know and old mail has. Never fails: what is wrong is replaced. */
final class Utf7 {
    private static final char REPLACEMENT = 0xFFFD;
    private static final byte[] VALUES = values();

    private final byte[] bytes;
    private final StringBuilder text;
    private boolean wrong;
    private int at;

    private Utf7(byte[] bytes) {
        this.bytes = bytes;
        this.text = new StringBuilder(bytes.length);
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            values[alphabet.charAt(i)] = (byte) i;
        }
        return values;
    }

    static boolean isMeant(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        return name.equals("utf-7") || name.equals("unicode-1-1-utf-7");
    }

    /**
     * @param bytes of 7 bits
     * @param cut whether the bytes were cut, so that a torn last character is no error
     */
    static String decode(byte[] bytes, boolean cut, String where, Notes notes) {
        Utf7 utf7 = new Utf7(bytes);
        utf7.decode(cut);
        if (utf7.wrong) {
            notes.add(where + ": bytes that are not UTF-7 were replaced");
        }
        return utf7.text.toString();
    }

    private void decode(boolean cut) {
        while (at < bytes.length) {
            byte b = bytes[at++];
            if (b != '+') {
                text.append((char) b);
            } else if (at < bytes.length && bytes[at] == '-') {
                at++;
                text.append('+');
            } else {
                shifted(cut);
            }
        }
    }

    /** Base64 of UTF-16, up to the first other character; a hyphen there belongs to it. */
    private void shifted(boolean cut) {
        int bits = 0;
        int count = 0;
        int start = at;
        while (at < bytes.length && VALUES[bytes[at] & 0xFF] >= 0) {
            bits = (bits << 6 | VALUES[bytes[at++] & 0xFF]) & 0x3FFFFF;
            count += 6;
            if (count >= 16) {
                count -= 16;
                text.append((char) (bits >> count));
            }
        }
        boolean torn = count >= 6 || (bits & (1 << count) - 1) != 0 || at == start;
        if (torn && (at < bytes.length || !cut)) {
            wrong = true;
            text.append(REPLACEMENT);
        }
        at += at < bytes.length && bytes[at] == '-' ? 1 : 0;
    }
}
