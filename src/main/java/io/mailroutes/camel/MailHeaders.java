package io.mailroutes.camel;

import io.mailroutes.message.Address;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Envelope;
import io.mailroutes.message.GmailIds;
import io.mailroutes.message.Mail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fixed set of headers a route sees. Their names are ours and none comes from a mail; their values are cleaned of
 * control characters. Everything else that a sender wrote is in the {@link Mail} body only.
 */
public final class MailHeaders {
    /** The name of the account, a String. */
    public static final String ACCOUNT = "MailAccount";
    /** The folder's name, a String. */
    public static final String FOLDER = "MailFolder";
    /** UIDVALIDITY of the folder, a Long. */
    public static final String UID_VALIDITY = "MailUidValidity";
    /** UID of the mail, a Long. */
    public static final String UID = "MailUid";
    /** The delivery key {@code ACCOUNT/FOLDER/UIDVALIDITY/UID}, a String: the same at every delivery of this mail. */
    public static final String KEY = "MailKey";
    /** The size of the raw mail in bytes, a Long. */
    public static final String SIZE = "MailSize";
    /** When the server received the mail, ISO 8601, a String. */
    public static final String INTERNAL_DATE = "MailInternalDate";
    /** The Date header, ISO 8601, a String; absent when there is none that can be read. */
    public static final String DATE = "MailDate";
    /** The Message-ID header, a String; chosen by the sender, so no key. */
    public static final String MESSAGE_ID = "MailMessageId";
    /** The decoded subject, a String. */
    public static final String SUBJECT = "MailSubject";
    /** The addresses of From, comma separated, without names. */
    public static final String FROM = "MailFrom";
    /** The addresses of To, comma separated, without names. */
    public static final String TO = "MailTo";
    /** The addresses of Cc, comma separated, without names. */
    public static final String CC = "MailCc";
    /** The one address that an answer goes to, of Reply-To or else of From; absent when there is none. */
    public static final String REPLY_TO = "MailReplyTo";
    /** The message ids that the References of an answer hold (RFC 5322 section 3.6.4), separated by spaces. */
    public static final String REFERENCES = "MailReferences";
    /** Why no automatic answer may be sent (RFC 3834 section 2), a String; absent when one may. */
    public static final String AUTOMATIC = "MailAutomatic";
    /** X-GM-MSGID in decimals, a String: the same in all folders of a Gmail account; absent elsewhere. */
    public static final String GMAIL_MESSAGE_ID = "MailGmailMessageId";
    /** X-GM-THRID in decimals, a String; absent when the server is not Gmail. */
    public static final String GMAIL_THREAD_ID = "MailGmailThreadId";
    /** X-GM-LABELS, comma separated (a comma in a label is a space here), a String; absent when there is none. */
    public static final String GMAIL_LABELS = "MailGmailLabels";
    /** Why the mail could not be parsed in whole or in part; absent when it could. */
    public static final String PARSE_ERROR = "MailParseError";

    private MailHeaders() {}

    /**
     * What {@link #putHead} puts, for a sink that asks the mail itself: whatever a route has done to the headers of its
     * message.
     */
    public static Map<String, Object> of(Mail mail) {
        Map<String, Object> headers = new LinkedHashMap<>();
        putHead(mail, headers);
        return headers;
    }

    /**
     * All but {@link #PARSE_ERROR}, for which the whole mail has to be parsed and not only its head; never throws for a
     * bad one.
     */
    static void putHead(Mail mail, Map<String, Object> headers) {
        DeliveryKey key = mail.key();
        headers.put(ACCOUNT, key.account());
        headers.put(FOLDER, key.folder());
        headers.put(UID_VALIDITY, key.uidValidity());
        headers.put(UID, key.uid());
        headers.put(KEY, key.text());
        headers.put(SIZE, mail.raw().size());
        headers.put(INTERNAL_DATE, mail.internalDate().toString());
        mail.gmail().ifPresent(gmail -> putGmail(gmail, headers));
        Envelope envelope = mail.envelope();
        envelope.date().ifPresent(date -> headers.put(DATE, date.toString()));
        envelope.messageId().ifPresent(id -> headers.put(MESSAGE_ID, id));
        envelope.subject().ifPresent(subject -> headers.put(SUBJECT, subject));
        putAddresses(headers, FROM, envelope.from());
        putAddresses(headers, TO, envelope.to());
        putAddresses(headers, CC, envelope.cc());
        Answering answering = new Answering(envelope);
        answering.address().ifPresent(address -> headers.put(REPLY_TO, address));
        answering.references().ifPresent(references -> headers.put(REFERENCES, references));
        answering.objection().ifPresent(objection -> headers.put(AUTOMATIC, objection));
    }

    private static void putGmail(GmailIds gmail, Map<String, Object> headers) {
        headers.put(GMAIL_MESSAGE_ID, gmail.messageIdText());
        gmail.threadIdText().ifPresent(thread -> headers.put(GMAIL_THREAD_ID, thread));
        if (!gmail.labels().isEmpty()) {
            headers.put(
                    GMAIL_LABELS,
                    gmail.labels().stream()
                            .map(label -> label.replace(',', ' '))
                            .collect(Collectors.joining(",")));
        }
    }

    private static void putAddresses(Map<String, Object> headers, String name, List<Address> addresses) {
        if (!addresses.isEmpty()) {
            headers.put(name, addresses.stream().map(Address::address).collect(Collectors.joining(",")));
        }
    }
}
