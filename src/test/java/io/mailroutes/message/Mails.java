package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Set;

/** Mails for tests, from text with {@code \n} line ends that become CRLF. */
final class Mails {
    static final DeliveryKey KEY = new DeliveryKey("support", "INBOX", 7, 42);
    static final Instant RECEIVED = Instant.parse("2026-01-02T03:04:05Z");

    private Mails() {}

    static Mail mail(String text) {
        return mail(text.replace("\n", "\r\n").getBytes(UTF_8));
    }

    /** Each character is one byte. */
    static Mail bytes(String text) {
        return mail(text.replace("\n", "\r\n").getBytes(ISO_8859_1));
    }

    static Mail mail(byte[] raw) {
        return mail(new MemoryContent(raw), MailLimits.DEFAULT);
    }

    static Mail mail(Content raw, MailLimits limits) {
        return Mail.of(KEY, Set.of("\\Seen"), RECEIVED, raw, limits);
    }
}
