package io.mailroutes.camel;

import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * What a route says of a mail that it sends, as exchange properties: no mail, HTTP request or queue message from outside
 * can set one, as it can set headers. Values are Strings. Addresses follow RFC 5322, several separated by commas; any of
 * {@link #TO}, {@link #CC} and {@link #BCC} replaces all recipients of the endpoint's options.
 */
public final class Outgoing {
    public static final String TO = "MailSendTo";
    public static final String CC = "MailSendCc";
    public static final String BCC = "MailSendBcc";
    /** One address; the endpoint's option {@code from} or the account's user without it. */
    public static final String FROM = "MailSendFrom";
    /** Where answers shall go. */
    public static final String REPLY_TO = "MailSendReplyTo";
    /** Line breaks and controls become spaces. */
    public static final String SUBJECT = "MailSendSubject";
    /** A message id in angle brackets; what is none is left out. */
    public static final String IN_REPLY_TO = "MailSendInReplyTo";
    /** Message ids; at most 20, the first and the last ones. */
    public static final String REFERENCES = "MailSendReferences";
    /** {@code auto-replied} or {@code auto-generated} (RFC 3834 section 5). */
    public static final String AUTO_SUBMITTED = "MailSendAutoSubmitted";

    private static final List<String> RECIPIENTS = List.of(TO, CC, BCC);
    private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s\\p{Cntrl}]{1,250}>");
    private static final int REFERENCES_AT_MOST = 20;
    private static final Set<String> AUTOMATIC = Set.of("auto-replied", "auto-generated");

    private final Exchange exchange;

    Outgoing(Exchange exchange) {
        this.exchange = exchange;
    }

    boolean namesRecipients() {
        return RECIPIENTS.stream().anyMatch(name -> text(name).isPresent());
    }

    /** All of {@link #TO}, {@link #CC} and {@link #BCC}. */
    Address[] recipients() throws AddressException {
        List<Address> all = new ArrayList<>();
        for (String name : RECIPIENTS) {
            all.addAll(List.of(addresses(name)));
        }
        return all.toArray(Address[]::new);
    }

    /** Puts everything into the header of a mail. */
    void apply(MimeMessage mail) throws MessagingException {
        if (namesRecipients()) {
            mail.setRecipients(RecipientType.TO, addresses(TO));
            mail.setRecipients(RecipientType.CC, addresses(CC));
            mail.setRecipients(RecipientType.BCC, addresses(BCC));
        }
        if (text(FROM).isPresent()) {
            mail.setFrom(addresses(FROM)[0]);
        }
        if (text(REPLY_TO).isPresent()) {
            mail.setReplyTo(addresses(REPLY_TO));
        }
        Optional<String> subject = text(SUBJECT);
        if (subject.isPresent()) {
            mail.setSubject(Cleaned.text(subject.get()), "UTF-8");
        }
        applyThread(mail);
    }

    private void applyThread(MimeMessage mail) throws MessagingException {
        List<String> answered = ids(IN_REPLY_TO);
        if (!answered.isEmpty()) {
            mail.setHeader("In-Reply-To", answered.get(0));
        }
        List<String> references = ids(REFERENCES);
        if (!references.isEmpty()) {
            mail.setHeader("References", MimeUtility.fold(12, String.join(" ", references)));
        }
        Optional<String> automatic = text(AUTO_SUBMITTED);
        if (automatic.isPresent()) {
            mail.setHeader("Auto-Submitted", automatic(automatic.get()));
            // Exchange answers what lacks this with its own automatic replies.
            mail.setHeader("X-Auto-Response-Suppress", "All");
        }
    }

    private static String automatic(String value) {
        String word = value.strip().toLowerCase(Locale.ROOT);
        if (!AUTOMATIC.contains(word)) {
            throw new IllegalArgumentException(
                    AUTO_SUBMITTED + " is \"" + Cleaned.text(value) + "\" and not auto-replied or auto-generated");
        }
        return word;
    }

    /** @throws AddressException in words, also for what would make another header or recipient of a part of an address */
    private InternetAddress[] addresses(String name) throws AddressException {
        String value = text(name).orElse("");
        // Angus would cut other characters down to their last eight bits, of which one may be a '>' or a line feed.
        if (value.chars().anyMatch(c -> c < ' ' || c >= 0x7F)) {
            throw new AddressException(
                    name + " holds a control character or one that is not ASCII; encode names as RFC 2047"
                            + " says, and host names as IDNA does");
        }
        try {
            InternetAddress[] addresses = InternetAddress.parse(value, true);
            for (InternetAddress address : addresses) {
                address.validate();
            }
            return addresses;
        } catch (AddressException e) {
            throw new AddressException(name + " is no mail address: " + Cleaned.text(e.getMessage()));
        }
    }

    private List<String> ids(String name) {
        Set<String> found = new LinkedHashSet<>();
        Matcher matcher = MESSAGE_ID.matcher(text(name).orElse(""));
        while (matcher.find()) {
            found.add(matcher.group());
        }
        List<String> ids = List.copyOf(found);
        if (ids.size() <= REFERENCES_AT_MOST) {
            return ids;
        }
        List<String> shortened = new ArrayList<>(ids.subList(0, 1));
        shortened.addAll(ids.subList(ids.size() - REFERENCES_AT_MOST + 1, ids.size()));
        return shortened;
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(exchange.getProperty(name, String.class)).filter(value -> !value.isBlank());
    }
}
