package io.mailroutes.imap;

import io.mailroutes.message.GmailIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxDecoder;

/**
 * The items of Gmail's extension X-GM-EXT-1 in one FETCH answer (Google, "IMAP Extensions"). Nothing here keeps a mail
 * from being delivered: what cannot be read is not there.
 */
final class GmailItems {
    static final String CAPABILITY = "X-GM-EXT-1";

    /** What to ask for with the summary of a mail. */
    static final String ID = " X-GM-MSGID";

    /** What to ask for with a mail. */
    static final String ALL = ID + " X-GM-THRID X-GM-LABELS";

    /** Gmail shows 5,000 labels of an account over IMAP; no mail that a person has filed has as many as this. */
    private static final int MOST_LABELS = 500;

    /** Gmail takes labels of 225 characters; each may take several bytes in modified UTF-7. */
    private static final int LONGEST_LABEL = 2_000;

    /** 2 to the power of 64 has 20 digits. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}");

    private OptionalLong messageId = OptionalLong.empty();
    private OptionalLong threadId = OptionalLong.empty();
    private List<String> labels = List.of();

    void messageId(String value) {
        messageId = number(value);
    }

    void threadId(String value) {
        threadId = number(value);
    }

    void labels(String value) {
        labels = value.startsWith("(") ? list(value) : List.of();
    }

    OptionalLong messageId() {
        return messageId;
    }

    /** Empty when the server did not tell of which mail these are. */
    Optional<GmailIds> ids() {
        return messageId.isPresent()
                ? Optional.of(new GmailIds(messageId.getAsLong(), threadId, labels))
                : Optional.empty();
    }

    private static OptionalLong number(String value) {
        if (!NUMBER.matcher(value).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseUnsignedLong(value));
        } catch (NumberFormatException tooLarge) {
            return OptionalLong.empty(); // more than 64 bits: no id of Gmail
        }
    }

    private static List<String> list(String value) {
        List<String> found = new ArrayList<>();
        FetchTokens tokens = new FetchTokens(value);
        try {
            tokens.open();
            while (tokens.more() && found.size() < MOST_LABELS) {
                label(tokens.value()).ifPresent(found::add);
            }
        } catch (ProtocolException odd) {
            return found; // an odd label must not keep the mail from being delivered
        }
        return found;
    }

    private static Optional<String> label(String value) {
        if (value.startsWith("(") || FetchTokens.isSpooled(value)) {
            return Optional.empty();
        }
        return FetchTokens.text(value)
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_LABEL)
                .map(BASE64MailboxDecoder::decode);
    }
}
