package io.mailroutes.camel;

import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.MemoryContent;
import java.time.Instant;
import java.util.Set;

/** Mails of the account {@code box}, folder INBOX, UIDVALIDITY 1. */
final class TestMails {
    private TestMails() {}

    static Mail of(long uid, byte[] raw) {
        return of(1, uid, raw);
    }

    static Mail of(long uidValidity, long uid, byte[] raw) {
        return Mail.of(
                new DeliveryKey("box", "INBOX", uidValidity, uid),
                Set.of(),
                Instant.parse("2026-03-01T10:00:00Z"),
                new MemoryContent(raw),
                MailLimits.DEFAULT);
    }
}
