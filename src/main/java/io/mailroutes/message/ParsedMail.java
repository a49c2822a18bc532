package io.mailroutes.message;

import java.util.List;
import java.util.Optional;

/**
 * What the body of a mail holds.
 *
 * @param textFromHtml whether the text was made from the HTML
 */
record ParsedMail(
        Optional<String> text, boolean textFromHtml, Optional<String> html, List<Attachment> attachments, Notes notes) {
    ParsedMail {
        attachments = List.copyOf(attachments);
    }
}
