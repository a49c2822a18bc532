package io.mailroutes.message;

import java.util.List;
import java.util.Optional;

/**
 * What a mail says of itself: whether a machine wrote it, whether it came through a list, and what became of an earlier
 * mail. All of it was written by the sender, so it is no reason to trust anything.
 *
 * @param autoSubmitted the keyword of Auto-Submitted (RFC 3834 section 5), lower case: {@code no},
 *     {@code auto-generated}, {@code auto-replied} or another
 * @param precedence lower case; never standardized, {@code bulk}, {@code list} and {@code junk} are in use
 */
public record MailFacts(
        Optional<String> autoSubmitted,
        Optional<String> precedence,
        Optional<MailingList> list,
        Optional<DeliveryReport> deliveryReport,
        Optional<Disposition> disposition) {
    /** Nothing is said. */
    static final MailFacts NONE =
            new MailFacts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * The list that the mail came through.
     *
     * @param id of List-Id (RFC 2919), without the angle brackets
     * @param unsubscribe the mailto, http and https addresses of List-Unsubscribe (RFC 2369): not to be visited by a
     *     machine but as the next parameter allows
     * @param oneClick whether a POST to the https address unsubscribes (RFC 8058)
     */
    public record MailingList(Optional<String> id, List<String> unsubscribe, boolean oneClick) {
        public MailingList {
            unsubscribe = List.copyOf(unsubscribe);
        }
    }

    /**
     * A delivery status notification, as a bounce (RFC 3464).
     *
     * @param reportingMta the server that writes it
     * @param originalMessageId Message-ID of the mail that it is about, with its angle brackets, as the report encloses it
     */
    public record DeliveryReport(
            Optional<String> reportingMta,
            Optional<String> originalEnvelopeId,
            Optional<String> originalMessageId,
            List<Recipient> recipients) {
        public DeliveryReport {
            recipients = List.copyOf(recipients);
        }
    }

    /**
     * What became of a mail for one recipient (RFC 3464 section 2.3).
     *
     * @param finalRecipient the address without its type
     * @param action lower case: {@code failed}, {@code delayed}, {@code delivered}, {@code relayed}, {@code expanded}
     * @param status as {@code 5.1.1} (RFC 3463); empty when it is in no such form
     * @param diagnosticCode the words of the other server, with their type before a semicolon
     */
    public record Recipient(
            Optional<String> finalRecipient,
            Optional<String> originalRecipient,
            Optional<String> action,
            Optional<String> status,
            Optional<String> diagnosticCode,
            Optional<String> remoteMta) {}

    /**
     * A message disposition notification, as a receipt of reading (RFC 8098).
     *
     * @param disposition as {@code manual-action/MDN-sent-manually; displayed}
     */
    public record Disposition(
            Optional<String> finalRecipient, Optional<String> originalMessageId, Optional<String> disposition) {}

    /** Whether the mail says that no person wrote it: no machine should answer it (RFC 3834 section 2). */
    public boolean isAutomatic() {
        return autoSubmitted.filter(word -> !word.equals("no")).isPresent()
                || deliveryReport.isPresent()
                || disposition.isPresent();
    }
}
