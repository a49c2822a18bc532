package io.mailroutes.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What Gmail tells of a mail beside what IMAP knows (extension {@code X-GM-EXT-1}). A mail with several labels is in
 * several folders, with another UID in each; its ids are the same in all of them.
 *
 * @param messageId X-GM-MSGID, 64 bits without a sign
 * @param threadId X-GM-THRID, 64 bits without a sign; empty when the server did not tell
 * @param labels X-GM-LABELS when the mail was fetched, cleaned of control characters; Gmail's own begin with a
 *     backslash, and the folder that was read is not among them
 */
public record GmailIds(long messageId, OptionalLong threadId, List<String> labels) {
    public GmailIds {
        labels = labels.stream()
                .map(CleanText::line)
                .filter(label -> !label.isEmpty())
                .toList();
    }

    /** As Gmail writes it, in decimals. */
    public String messageIdText() {
        return Long.toUnsignedString(messageId);
    }

    /** As Gmail writes it, in decimals. */
    public Optional<String> threadIdText() {
        return threadId.isPresent() ? Optional.of(Long.toUnsignedString(threadId.getAsLong())) : Optional.empty();
    }
}
