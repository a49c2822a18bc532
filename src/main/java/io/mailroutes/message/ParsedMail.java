package io.mailroutes.message;

import java.util.List;
import java.util.Optional;

/** What the body of a mail holds. */
record ParsedMail(Optional<String> text, Optional<String> html, List<Attachment> attachments, Notes notes) {
    ParsedMail {
        attachments = List.copyOf(attachments);
    }
}
