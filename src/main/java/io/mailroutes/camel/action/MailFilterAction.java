package io.mailroutes.camel.action;

import io.mailroutes.camel.MailBodies;
import io.mailroutes.message.Address;
import io.mailroutes.message.Attachment;
import io.mailroutes.message.Envelope;
import io.mailroutes.message.Mail;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a mail meets all criteria. What {@code kamelet:mail-filter-action} asks: one that does not, does not get to the
 * steps inside the Kamelet or, when there are none, to those that follow; quietly, so that it counts as delivered.
 * Nothing of a mail is evaluated: no expression, no regular expression.
 */
public final class MailFilterAction extends ServiceSupport implements Predicate {
    static final String NAME = "mail-filter-action";
    private static final Logger LOG = LoggerFactory.getLogger(MailFilterAction.class);

    private final Clock clock;
    private final List<Criterion> criteria = new ArrayList<>();
    private boolean invert;

    public MailFilterAction() {
        this(Clock.systemUTC());
    }

    MailFilterAction(Clock clock) {
        this.clock = clock;
    }

    /** Addresses and domains, comma separated; every address of From has to be one of them. */
    public void setSender(String sender) {
        AddressPatterns wanted = AddressPatterns.of(sender);
        add("sender", sender, mail -> isFrom(wanted, mail.envelope()));
    }

    /** With two fields it is not known which one a reader sees. */
    private static boolean isFrom(AddressPatterns wanted, Envelope envelope) {
        long fields = envelope.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("From"))
                .count();
        List<Address> from = envelope.from();
        return fields == 1 && !from.isEmpty() && from.stream().allMatch(wanted::match);
    }

    /** Addresses and domains, comma separated; any address of To or Cc has to be one of them. */
    public void setRecipient(String recipient) {
        AddressPatterns wanted = AddressPatterns.of(recipient);
        add("recipient", recipient, mail -> Stream.of(
                        mail.envelope().to(), mail.envelope().cc())
                .flatMap(List::stream)
                .anyMatch(wanted::match));
    }

    /** Texts, separated by {@code |}, one of which has to be in the subject, or with a star be all of it. */
    public void setSubject(String subject) {
        Patterns wanted = Patterns.of(subject, '|');
        add("subject", subject, mail -> wanted.areIn(mail.envelope().subject().orElse("")));
    }

    /** The fewest bytes of the raw mail; 0: any. */
    public void setMinSize(long minSize) {
        addSize("minSize", minSize, mail -> mail.raw().size() >= minSize);
    }

    /** The most bytes of the raw mail; 0: any. */
    public void setMaxSize(long maxSize) {
        addSize("maxSize", maxSize, mail -> mail.raw().size() <= maxSize);
    }

    /** Whether it has an attachment, not counting what is shown inside the text: {@code true}, {@code false}. */
    public void setHasAttachment(String hasAttachment) {
        addFlag("hasAttachment", hasAttachment, mail -> mail.attachments().stream()
                .anyMatch(attachment -> !attachment.inline()));
    }

    /** Media types, comma separated; any attachment has to be of one, also what is shown inside the text. */
    public void setAttachmentType(String attachmentType) {
        Patterns wanted = Patterns.of(attachmentType, ',');
        addAttachment("attachmentType", attachmentType, attachment -> wanted.match(attachment.type()));
    }

    /** File names, comma separated; any attachment has to have one. */
    public void setAttachmentName(String attachmentName) {
        Patterns wanted = Patterns.of(attachmentName, ',');
        addAttachment(
                "attachmentName",
                attachmentName,
                attachment -> wanted.match(attachment.originalName().orElse(attachment.safeName())));
    }

    /** What the receiving server found out about the sender, as {@link TrustTerms} reads it. */
    public void setSenderTrust(String senderTrust) {
        TrustTerms wanted = TrustTerms.of(senderTrust);
        add("senderTrust", senderTrust, mail -> wanted.hold(mail.senderTrust()));
    }

    /** How long ago the server must have received it, at least: {@code 90s}, {@code 12h}, {@code 7d}. */
    public void setOlderThan(String olderThan) {
        addAge("olderThan", olderThan, (age, limit) -> age.compareTo(limit) > 0);
    }

    /** How long ago the server may have received it, at most. */
    public void setNewerThan(String newerThan) {
        addAge("newerThan", newerThan, (age, limit) -> age.compareTo(limit) <= 0);
    }

    /** Whether a machine wrote it, as Auto-Submitted says (RFC 3834): {@code true}, {@code false}. */
    public void setAutoSubmitted(String autoSubmitted) {
        addFlag("autoSubmitted", autoSubmitted, mail -> mail.facts().autoSubmitted().stream()
                .anyMatch(keyword -> !keyword.equals("no")));
    }

    /** Whether it came through a mailing list (RFC 2369, RFC 2919): {@code true}, {@code false}. */
    public void setList(String list) {
        addFlag("list", list, mail -> mail.facts().list().isPresent());
    }

    /** Whether to stop what meets all criteria, and let the others pass. */
    public void setInvert(boolean invert) {
        this.invert = invert;
    }

    private void add(String option, String value, java.util.function.Predicate<Mail> test) {
        if (value.isBlank()) {
            return; // not set
        }
        if (value.chars().allMatch(c -> c <= ' ' || c == ',' || c == '|')) {
            throw refusal(option, value, "it names nothing");
        }
        criteria.add(new Criterion(option, test));
    }

    private void addSize(String option, long bytes, java.util.function.Predicate<Mail> test) {
        if (bytes < 0) {
            throw refusal(option, Long.toString(bytes), "give bytes, or 0 for any");
        }
        if (bytes > 0) {
            criteria.add(new Criterion(option, test));
        }
    }

    private void addFlag(String option, String value, java.util.function.Predicate<Mail> test) {
        switch (value.strip().toLowerCase(Locale.ROOT)) {
            case "" -> {} // not set
            case "true" -> criteria.add(new Criterion(option, test));
            case "false" -> criteria.add(new Criterion(option, test.negate()));
            default -> throw refusal(option, value, "use true or false");
        }
    }

    private void addAttachment(String option, String value, java.util.function.Predicate<Attachment> test) {
        add(option, value, mail -> mail.attachments().stream().anyMatch(test));
    }

    private void addAge(String option, String value, BiPredicate<Duration, Duration> test) {
        if (value.isBlank()) {
            return; // not set
        }
        Duration limit = duration(option, value);
        add(option, value, mail -> test.test(Duration.between(mail.internalDate(), clock.instant()), limit));
    }

    private static Duration duration(String option, String value) {
        try {
            Duration duration = TimeUtils.toDuration(value.strip());
            if (duration.compareTo(Duration.ZERO) > 0) {
                return duration;
            }
        } catch (RuntimeException e) { // of many kinds, one for each way not to be a time
            LOG.debug("{} is no time", value, e);
        }
        throw refusal(option, value, "give a time such as 90s, 12h or 7d");
    }

    private static IllegalArgumentException refusal(String option, String value, String advice) {
        return new IllegalArgumentException(NAME + ": " + option + "=" + value + " cannot be used: " + advice);
    }

    /** A filter that lets everything pass is one whose option is misspelt or forgotten. */
    @Override
    protected void doInit() {
        if (criteria.isEmpty()) {
            throw new IllegalArgumentException(
                    NAME + ": no criterion is set: set at least one, such as sender or subject");
        }
    }

    /** Whether the steps inside get it. */
    @Override
    public boolean matches(Exchange exchange) {
        Mail mail = MailBodies.of(exchange, NAME);
        Optional<String> unmet = criteria.stream()
                .filter(criterion -> !criterion.test().test(mail))
                .map(Criterion::option)
                .findFirst();
        boolean passes = unmet.isPresent() == invert;
        if (!passes) {
            LOG.debug("{}: filtered out by {}", mail.key(), unmet.orElse("invert: it meets all criteria"));
            // As "to: kamelet:mail-filter-action" it has no steps: then those that follow are not to get it.
            exchange.setRouteStop(!NestedSteps.areAround(exchange));
        }
        return passes;
    }
}
