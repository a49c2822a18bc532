package io.mailroutes.message;

import io.mailroutes.message.MailFacts.DeliveryReport;
import io.mailroutes.message.MailFacts.Disposition;
import io.mailroutes.message.MailFacts.Recipient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a report (RFC 6522) has for machines: groups of fields, separated by empty lines. */
final class ReportReader {
    /** Far more than a report has; what is beyond it is only in the attachment. */
    private static final int LONGEST = 256 * 1024;

    private static final int MOST_RECIPIENTS = 100;
    private static final Set<String> DELIVERY = Set.of("message/delivery-status", "message/global-delivery-status");
    private static final Set<String> DISPOSITION =
            Set.of("message/disposition-notification", "message/global-disposition-notification");
    private static final Set<String> ORIGINAL =
            Set.of("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers");
    private static final Pattern SPACES = Pattern.compile(" {2,}");
    private static final Pattern STATUS = Pattern.compile("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}(?![0-9])");

    private ReportReader() {}

    static Optional<DeliveryReport> delivery(List<Attachment> attachments) throws IOException {
        Optional<Attachment> part = first(attachments, DELIVERY);
        if (part.isEmpty()) {
            return Optional.empty();
        }
        List<HeaderBlock> groups = groups(start(part.get()));
        HeaderBlock message = groups.isEmpty() ? new HeaderBlock(List.of()) : groups.get(0);
        return Optional.of(new DeliveryReport(
                field(message, "Reporting-MTA").flatMap(ReportReader::withoutType),
                field(message, "Original-Envelope-Id"),
                originalMessageId(attachments),
                groups.stream()
                        .filter(ReportReader::isOfRecipient)
                        .map(ReportReader::recipient)
                        .toList()));
    }

    static Optional<Disposition> disposition(List<Attachment> attachments) throws IOException {
        Optional<Attachment> part = first(attachments, DISPOSITION);
        if (part.isEmpty()) {
            return Optional.empty();
        }
        List<HeaderBlock> groups = groups(start(part.get()));
        HeaderBlock fields = groups.isEmpty() ? new HeaderBlock(List.of()) : groups.get(0);
        return Optional.of(new Disposition(
                field(fields, "Final-Recipient").flatMap(ReportReader::withoutType),
                field(fields, "Original-Message-ID"),
                field(fields, "Disposition")));
    }

    private static Optional<Attachment> first(List<Attachment> attachments, Set<String> types) {
        return attachments.stream().filter(part -> types.contains(part.type())).findFirst();
    }

    private static byte[] start(Attachment part) throws IOException {
        try (var in = part.content().open()) {
            return in.readNBytes(LONGEST);
        }
    }

    private static List<HeaderBlock> groups(byte[] bytes) throws IOException {
        List<HeaderBlock> groups = new ArrayList<>();
        try (LineScanner line = LineScanner.open(new MemoryContent(bytes))) {
            HeaderReader group = newGroup();
            while (groups.size() <= MOST_RECIPIENTS && line.next()) {
                if (group.add(line) != HeaderReader.Step.HEADER) {
                    addTo(groups, group.block());
                    group = newGroup();
                }
            }
            addTo(groups, group.block());
        }
        return groups;
    }

    /** What is wrong in a report is no reason to call the mail unreadable. */
    private static HeaderReader newGroup() {
        return new HeaderReader(LONGEST, name -> true, new Notes());
    }

    private static void addTo(List<HeaderBlock> groups, HeaderBlock group) {
        if (!group.fields().isEmpty() && groups.size() <= MOST_RECIPIENTS) {
            groups.add(group);
        }
    }

    private static boolean isOfRecipient(HeaderBlock group) {
        return group.first("Final-Recipient").isPresent()
                || group.first("Original-Recipient").isPresent()
                || group.first("Action").isPresent();
    }

    private static Recipient recipient(HeaderBlock group) {
        return new Recipient(
                field(group, "Final-Recipient").flatMap(ReportReader::withoutType),
                field(group, "Original-Recipient").flatMap(ReportReader::withoutType),
                field(group, "Action").map(text -> text.toLowerCase(Locale.ROOT)),
                field(group, "Status").flatMap(ReportReader::status),
                field(group, "Diagnostic-Code"),
                field(group, "Remote-MTA").flatMap(ReportReader::withoutType));
    }

    /** Servers indent the further lines of a diagnosis as they like. */
    private static Optional<String> field(HeaderBlock group, String name) {
        return group.first(name)
                .map(value -> CleanText.line(EncodedWords.decode(value, name, new Notes())))
                .map(value -> SPACES.matcher(value).replaceAll(" "))
                .filter(value -> !value.isEmpty());
    }

    /** As {@code rfc822; jane@example.com} (RFC 3464 section 2.1.2). */
    private static Optional<String> withoutType(String value) {
        String rest = value.substring(value.indexOf(';') + 1).strip();
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    private static Optional<String> status(String value) {
        Matcher status = STATUS.matcher(value);
        return status.lookingAt() ? Optional.of(status.group()) : Optional.empty();
    }

    private static Optional<String> originalMessageId(List<Attachment> attachments) throws IOException {
        Optional<Attachment> part = first(attachments, ORIGINAL);
        return part.isEmpty()
                ? Optional.empty()
                : Envelope.parse(start(part.get())).messageId();
    }
}
