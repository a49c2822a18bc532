package io.mailroutes.message;

import io.mailroutes.message.MailFacts.MailingList;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers the {@link MailFacts} from the header and from the parts that are reports. */
final class FactsReader {
    private static final Pattern URI =
            Pattern.compile("<((?:mailto|https?):[^<>\\s]{1,900})>", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIST_ID = Pattern.compile("<([^<>]{1,500})>\\s*$");
    private static final Pattern KEYWORD = Pattern.compile("[a-z0-9-]{1,80}");
    private static final int MOST_URIS = 10;

    private final Envelope envelope;
    private final List<Attachment> attachments;

    private FactsReader(Envelope envelope, List<Attachment> attachments) {
        this.envelope = envelope;
        this.attachments = attachments;
    }

    static MailFacts read(Envelope envelope, List<Attachment> attachments) throws IOException {
        return new FactsReader(envelope, attachments).read();
    }

    private MailFacts read() throws IOException {
        return new MailFacts(
                keyword("Auto-Submitted"),
                keyword("Precedence"),
                list(),
                ReportReader.delivery(attachments),
                ReportReader.disposition(attachments));
    }

    private Optional<String> field(String name) {
        for (Envelope.Header header : envelope.headers()) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    private Optional<String> keyword(String name) {
        return field(name).flatMap(value -> {
            Matcher word = KEYWORD.matcher(value.toLowerCase(Locale.ROOT));
            return word.lookingAt() ? Optional.of(word.group()) : Optional.empty();
        });
    }

    private Optional<MailingList> list() {
        Optional<String> id = field("List-Id").map(FactsReader::listId).filter(text -> !text.isEmpty());
        List<String> unsubscribe = field("List-Unsubscribe").stream()
                .flatMap(value -> URI.matcher(value).results())
                .map(found -> found.group(1))
                .limit(MOST_URIS)
                .toList();
        boolean oneClick = field("List-Unsubscribe-Post")
                .filter(value -> value.equalsIgnoreCase("List-Unsubscribe=One-Click"))
                .isPresent();
        return id.isEmpty() && unsubscribe.isEmpty()
                ? Optional.empty()
                : Optional.of(new MailingList(id, unsubscribe, oneClick));
    }

    /** Some lists forget the angle brackets. */
    private static String listId(String value) {
        Matcher id = LIST_ID.matcher(value);
        return (id.find() ? id.group(1) : value).strip();
    }
}
