package io.mailroutes.camel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.message.Content;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.MemoryContent;
import java.time.Instant;
import java.util.Set;

/** Mails of the account {@code box}, folder INBOX, UIDVALIDITY 1. */
final class WebhookMails {
    private WebhookMails() {}

    static Mail plain(long uid) {
        return of(uid, "From: ann@example.com\r\nSubject: s" + uid + "\r\n\r\ntext\r\n");
    }

    static Mail withAttachment(long uid, String file, String type, String bytes) {
        return of(
                uid,
                "Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n--b\r\nContent-Type: "
                        + type + "\r\nContent-Disposition: attachment; filename=\"" + file + "\"\r\n\r\n" + bytes
                        + "\r\n--b--\r\n");
    }

    static Mail of(long uid, String raw) {
        return of(uid, new MemoryContent(raw.getBytes(UTF_8)));
    }

    static Mail of(long uid, Content raw) {
        return Mail.of(
                new DeliveryKey("box", "INBOX", 1, uid),
                Set.of(),
                Instant.parse("2026-03-01T10:00:00Z"),
                raw,
                MailLimits.DEFAULT);
    }
}
