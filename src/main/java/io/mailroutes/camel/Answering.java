package io.mailroutes.camel;

import io.mailroutes.message.Address;
import io.mailroutes.message.Envelope;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom an answer to a mail goes to, and why there must be none that a machine writes (RFC 3834). */
final class Answering {
    private static final Set<String> BULK = Set.of("bulk", "list", "junk", "auto_reply");
    private static final Pattern MACHINE = Pattern.compile(
            "(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|listserv|majordomo|owner-.*|.*-(request|bounces?|owner))"
                    + "([+-].*)?@.*");
    private static final Pattern LIST = Pattern.compile("list-(id|post|unsubscribe|help|subscribe|owner|archive)");
    private static final Pattern SUPPRESSED = Pattern.compile(".*\\b(all|autoreply|oof)\\b.*");

    private final Envelope envelope;

    Answering(Envelope envelope) {
        this.envelope = envelope;
    }

    /** One address only: a stranger's Reply-To must not make us write to many. */
    Optional<String> address() {
        return Stream.of(envelope.replyTo(), envelope.from())
                .flatMap(List::stream)
                .map(Address::address)
                .filter(Answering::isUsable)
                .findFirst();
    }

    /** What would fail to be sent to is the sender's fault, and no reason to fail his mail. */
    private static boolean isUsable(String address) {
        if (address.indexOf('@') < 1 || address.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            return false;
        }
        try {
            new InternetAddress(address, true).validate();
            return true;
        } catch (AddressException notAnAddress) {
            return false;
        }
    }

    Optional<String> references() {
        List<String> earlier =
                envelope.references().isEmpty() ? envelope.inReplyTo().stream().toList() : envelope.references();
        String all = Stream.concat(earlier.stream(), envelope.messageId().stream())
                .distinct()
                .collect(Collectors.joining(" "));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** Empty when the mail looks like one that a person wrote to us. */
    Optional<String> objection() {
        return Stream.concat(
                        envelope.headers().stream().flatMap(header -> objection(header).stream()), machine().stream())
                .findFirst();
    }

    private static Optional<String> objection(Envelope.Header header) {
        String name = header.name().toLowerCase(Locale.ROOT);
        String value = header.value().strip().toLowerCase(Locale.ROOT);
        boolean automatic =
                switch (name) {
                    case "auto-submitted" ->
                        !value.equals("no") && !value.startsWith("no;") && !value.startsWith("no ");
                    case "precedence" -> BULK.contains(value);
                    case "return-path" -> value.equals("<>");
                    case "x-auto-response-suppress" -> SUPPRESSED.matcher(value).matches();
                    case "x-autoreply", "x-autorespond", "x-failed-recipients" -> true;
                    case "content-type" -> value.startsWith("multipart/report");
                    default -> LIST.matcher(name).matches();
                };
        return automatic ? Optional.of(Cleaned.text(header.name() + ": " + header.value())) : Optional.empty();
    }

    private Optional<String> machine() {
        Optional<String> address = address();
        if (address.isEmpty()) {
            return Optional.of("it names no address to answer to");
        }
        return Stream.concat(address.stream(), envelope.from().stream().map(Address::address))
                .filter(one -> MACHINE.matcher(one.toLowerCase(Locale.ROOT)).matches())
                .findFirst()
                .map(one -> Cleaned.text("from " + one));
    }
}
