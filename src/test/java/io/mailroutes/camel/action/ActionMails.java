package io.mailroutes.camel.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.MemoryContent;
import io.mailroutes.message.TrustedServers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mails of the account {@code box}, from text with {@code \n} line ends; {@code mx.example.com} received them. */
final class ActionMails {
    static final Instant RECEIVED = Instant.parse("2026-03-01T10:00:00Z");

    private ActionMails() {}

    static Mail mail(String text) {
        return Mail.of(
                new DeliveryKey("box", "INBOX", 1, 7),
                Set.of(),
                RECEIVED,
                new MemoryContent(text.replace("\n", "\r\n").getBytes(UTF_8)),
                MailLimits.DEFAULT,
                Optional.empty(),
                TrustedServers.of(List.of("mx.example.com")));
    }

    static Mail with(String header) {
        return mail(header + "\n\ntext\n");
    }
}
