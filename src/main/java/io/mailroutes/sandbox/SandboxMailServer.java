package io.mailroutes.sandbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;

/**
 * IMAP and SMTP on free loopback ports, mail in memory. IMAP lets in who has a live token of the authorization server, by
 * XOAUTH2, and nobody by password; SMTP takes mail for known mailboxes from anybody on this machine.
 */
public final class SandboxMailServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int START_MILLIS = 10_000;

    private final Managers managers = new Managers();
    private final AbstractServer imap;
    private final AbstractServer smtp;

    /**
     * Listens at once.
     *
     * @param userOf the user of a live access token: {@link SandboxAuthorizationServer#userOf}
     */
    public SandboxMailServer(Function<String, Optional<String>> userOf) {
        managers.getUserManager().setMessageDeliveryHandler((mail, address) -> known(address.getEmail()));
        imap = new XoauthImapServer(new ServerSetup(0, HOST, ServerSetup.PROTOCOL_IMAP), managers, userOf);
        smtp = new SmtpServer(new ServerSetup(0, HOST, ServerSetup.PROTOCOL_SMTP), managers);
        for (AbstractServer server : List.of(imap, smtp)) {
            start(server);
        }
    }

    private static void start(AbstractServer server) {
        server.setDaemon(true);
        server.startService();
        try {
            if (!server.waitTillRunning(START_MILLIS)) {
                throw new IllegalStateException(
                        "The sandbox cannot listen on a loopback port for " + server.getProtocol());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the sandbox starts", e);
        }
    }

    /** Without this GreenMail would make a mailbox for any recipient, the password being its address. */
    private GreenMailUser known(String email) throws UserException {
        GreenMailUser user = managers.getUserManager().getUserByEmail(email);
        if (user == null) {
            throw new UserException("no mailbox " + email);
        }
        return user;
    }

    /** Makes the mailbox of an address, with an INBOX. */
    public void addUser(String user) {
        try {
            managers.getUserManager().createUser(user, user, UUID.randomUUID().toString());
        } catch (UserException e) {
            throw new IllegalStateException("The sandbox cannot make the mailbox " + user, e);
        }
    }

    /**
     * Puts a mail into an INBOX, unseen and recent.
     *
     * @param mail RFC 5322, lines ended by CRLF
     * @param internalDate when the server is to say that it received it
     */
    public void append(String user, byte[] mail, Instant internalDate) {
        try {
            MimeMessage message =
                    new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail));
            managers.getImapHostManager()
                    .getInbox(known(user))
                    .appendMessage(message, new Flags(), Date.from(internalDate));
        } catch (MessagingException | UserException | FolderException e) {
            throw new IllegalStateException("The sandbox cannot store a mail for " + user, e);
        }
    }

    public String host() {
        return HOST;
    }

    public int imapPort() {
        return imap.getPort();
    }

    public int smtpPort() {
        return smtp.getPort();
    }

    @Override
    public void close() {
        imap.stopService();
        smtp.stopService();
    }
}
