package io.mailroutes.camel;

import io.mailroutes.message.Content;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.TrustedServers;
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
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Gives routes behind stock {@code imaps:} the same body, headers and attachments as {@code mailbox:}: a {@link Mail} and
 * our fixed headers, none of which a sender can choose.
 */
final class StockMails {
    private final String account;
    private final TrustedServers trusted;
    private final Path temporaryDirectory;

    StockMails(String account, TrustedServers trusted, Path temporaryDirectory) {
        this.account = account;
        this.trusted = trusted;
        this.temporaryDirectory = temporaryDirectory;
    }

    /**
     * Reads the mail of an exchange and puts it in the place of the message that camel-mail made. A mail that cannot be
     * read is the exchange's exception, and its message is empty: nothing that is done about it reads the server again.
     */
    void read(Exchange exchange) {
        if (!(exchange.getIn() instanceof MailMessage polled)) {
            return;
        }
        try {
            Mail mail = read(polled.getOriginalMessage());
            exchange.getExchangeExtension().addOnCompletion(new Discard(mail.raw()));
            exchange.setIn(new RouteMessage(exchange, mail));
        } catch (Throwable e) { // an Error would end the polling for good, without a word
            DefaultMessage plain = new DefaultMessage(exchange);
            plain.setHeader(MailHeaders.ACCOUNT, account);
            exchange.setIn(plain);
            exchange.setException(e);
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
        return Mail.of(key, flags(message.getFlags()), received, raw, MailLimits.DEFAULT, Optional.empty(), trusted);
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

    /** Deletes the temporary file of a large mail when its exchange is done, on whatever thread that is. */
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
