package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mailroutes.testing.StoredMail;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mail with a Message-ID of its own, and with the length and the SHA-256 of its body in a header, so that a file shows
 * by itself whether it is whole.
 */
record MarkedMail(String messageId, byte[] raw) {
    /** Stands in the subject of a mail with which the route fails. */
    static final String FAILS = "fails";

    private static final Pattern MESSAGE_ID = Pattern.compile("Message-ID: (<[^>]+@endure\\.example>)\r\n");
    private static final Pattern MARK = Pattern.compile("X-Body: (\\d+) ([0-9a-f]{64})\r\n");
    private static final int SMALLEST_BITS = 10;
    private static final int LARGEST = 3 << 20;
    private static final int LINE = 76;

    /** From 1 KB to 3 MB, small ones more often; one in twelve fails. */
    static MarkedMail random(String name, Random random) {
        int bits = SMALLEST_BITS + Math.min(random.nextInt(12), random.nextInt(12));
        int size = Math.min(LARGEST, (1 << bits) + random.nextInt(1 << bits));
        return of(name, random.nextInt(12) == 0 ? FAILS : "goes through", size, random);
    }

    static MarkedMail of(String name, String subject, int size, Random random) {
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) ('a' + random.nextInt(26));
        }
        for (int end = LINE; end + 2 <= size; end += LINE + 2) {
            body[end] = '\r';
            body[end + 1] = '\n';
        }
        String messageId = "<" + name + "@endure.example>";
        byte[] head = ("Message-ID: " + messageId + "\r\nX-Body: " + size + " " + StoredMail.sha256(body)
                        + "\r\nFrom: Ann <ann@example.com>\r\nTo: bob@example.org\r\nSubject: " + subject
                        + "\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\n\r\n")
                .getBytes(ISO_8859_1);
        byte[] raw = Arrays.copyOf(head, head.length + size);
        System.arraycopy(body, 0, raw, head.length, size);
        return new MarkedMail(messageId, raw);
    }

    static Optional<String> messageId(String head) {
        Matcher matcher = MESSAGE_ID.matcher(head);
        return matcher.lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The Message-ID of a whole mail; anything else is an {@link AssertionError}. */
    static String whole(String place, byte[] raw) {
        String text = new String(raw, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n") + 4;
        Matcher mark = MARK.matcher(text.substring(0, end));
        byte[] body = Arrays.copyOfRange(raw, end, raw.length);
        if (!mark.find()
                || Integer.parseInt(mark.group(1)) != body.length
                || !mark.group(2).equals(StoredMail.sha256(body))) {
            throw new AssertionError(place + " is not whole: " + raw.length + " bytes");
        }
        return messageId(text).orElseThrow(() -> new AssertionError(place + " does not begin with its Message-ID"));
    }

    boolean fails() {
        return new String(raw, 0, Math.min(raw.length, 400), ISO_8859_1).contains("Subject: " + FAILS);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MarkedMail mail && mail.messageId.equals(messageId);
    }

    @Override
    public int hashCode() {
        return messageId.hashCode();
    }
}
