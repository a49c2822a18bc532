package io.mailroutes.camel;

import io.mailroutes.message.Content;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.attachment.Attachment;
import org.apache.camel.component.mail.MailBinding;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Gives routes behind stock {@code imaps:} the same body and headers as {@code mailbox:}: a {@link Mail} and our fixed
 * headers, none of which a sender can choose. The mail is read once, when the route first asks.
 */
final class StockMailBinding extends MailBinding {
    private static final String MAIL = "mailroutes.mail";

    private final String account;
    private final Path temporaryDirectory;

    StockMailBinding(String account, Path temporaryDirectory) {
        this.account = account;
        this.temporaryDirectory = temporaryDirectory;
    }

    @Override
    public Object extractBodyFromMail(Exchange exchange, MailMessage message) {
        return mail(exchange, message.getOriginalMessage());
    }

    @Override
    protected Map<String, Object> extractHeadersFromMail(Message message, Exchange exchange) {
        return MailHeaders.of(mail(exchange, message));
    }

    @Override
    public void extractAttachmentsFromMail(Message message, Map<String, Attachment> attachments) {
        // They are in the Mail; camel-mail's own lose nameless and equally named ones.
    }

    private Mail mail(Exchange exchange, Message message) {
        Mail known = exchange.getProperty(MAIL, Mail.class);
        if (known != null) {
            return known;
        }
        try {
            Mail mail = read(message);
            exchange.setProperty(MAIL, mail);
            exchange.getExchangeExtension().addOnCompletion(new Discard(mail.raw()));
            return mail;
        } catch (MessagingException | IOException e) {
            throw new RuntimeCamelException("a mail of account " + account + " could not be read", e);
        }
    }

    private Mail read(Message message) throws MessagingException, IOException {
        Folder folder = message.getFolder();
        if (!(folder instanceof UIDFolder uids)) {
            throw new MessagingException("the folder of account " + account + " has no UIDs, so this is no IMAP");
        }
        DeliveryKey key = new DeliveryKey(account, folder.getFullName(), uids.getUIDValidity(), uids.getUID(message));
        Instant received = Optional.ofNullable(message.getReceivedDate())
                .map(date -> date.toInstant())
                .orElse(Instant.EPOCH);
        Content raw = SpooledContent.of(temporaryDirectory, message::writeTo);
        return Mail.of(key, flags(message.getFlags()), received, raw, MailLimits.DEFAULT);
    }

    private static Set<String> flags(Flags flags) {
        Set<String> names = new HashSet<>(Arrays.asList(flags.getUserFlags()));
        addIf(names, flags, Flags.Flag.SEEN, "\\Seen");
        addIf(names, flags, Flags.Flag.ANSWERED, "\\Answered");
        addIf(names, flags, Flags.Flag.FLAGGED, "\\Flagged");
        addIf(names, flags, Flags.Flag.DRAFT, "\\Draft");
        addIf(names, flags, Flags.Flag.DELETED, "\\Deleted");
        return names;
    }

    private static void addIf(Set<String> names, Flags flags, Flags.Flag flag, String name) {
        if (flags.contains(flag)) {
            names.add(name);
        }
    }

    /** Deletes the temporary file of a large mail when its exchange is done. */
    private static final class Discard extends SynchronizationAdapter {
        private final Content content;

        Discard(Content content) {
            this.content = content;
        }

        @Override
        public void onDone(Exchange exchange) {
            content.discard();
        }
    }
}
