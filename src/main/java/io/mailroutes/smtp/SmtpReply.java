package io.mailroutes.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * An answer of an SMTP server (RFC 5321 section 4.2), its lines joined by a space.
 *
 * @param code three digits
 * @param text what follows the code, the enhanced status code (RFC 3463) included
 */
record SmtpReply(int code, String text) {
    private static final int LARGEST = 64 * 1024;
    private static final int SHORTEST_LINE = 3;

    /** @throws IOException when what comes is no answer or larger than 64 KiB; its text is not quoted */
    static SmtpReply read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        int left = LARGEST;
        while (true) {
            String line = line(in, left);
            left -= line.length() + 1;
            int code = code(line);
            text.append(text.isEmpty() ? "" : " ").append(line.substring(Math.min(SHORTEST_LINE + 1, line.length())));
            if (line.length() == SHORTEST_LINE || line.charAt(SHORTEST_LINE) != '-') {
                return new SmtpReply(code, text.toString());
            }
        }
    }

    private static int code(String line) throws IOException {
        if (!line.matches("[2-5][0-9][0-9]([ -].*)?")) {
            throw new IOException("the server's answer is no SMTP");
        }
        return Integer.parseInt(line.substring(0, SHORTEST_LINE));
    }

    private static String line(InputStream in, int limit) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.length() >= limit) {
                throw new IOException("the server's answer is larger than " + LARGEST + " bytes");
            }
            line.append((char) next);
        }
        String whole = line.toString();
        String bare = whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
        return new String(bare.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Whether the server asks to try later (RFC 5321 section 4.2.1). */
    boolean isTransient() {
        return code / 100 == 4;
    }
}
