package io.mailroutes.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.DovecotServer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.RawImap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A Dovecot with a mailbox for each {@link MailSet}, filled when it is first asked for. */
final class MailboxServer implements AutoCloseable {
    static final String INBOX = "INBOX";

    private static final String LOGIN = "imap-login: Info: Login: user=<";

    private final FakeAuthorizationServer authorization = new FakeAuthorizationServer(Clock.systemUTC());
    private final DovecotServer dovecot;
    private final Path logins;
    private final Set<MailSet> filled = EnumSet.noneOf(MailSet.class);

    /** @param directory for the server's own record of logins */
    MailboxServer(Path directory) {
        logins = directory.resolve("logins.log");
        // One file a mail, as in Maildir, but no rename of each file when a flag changes.
        List<String> settings = List.of("mail_location = sdbox:~/sdbox", "info_log_path = " + logins);
        dovecot = DovecotServer.start(authorization.introspectionEndpoint(), settings);
    }

    int port() {
        return dovecot.port();
    }

    String password() {
        return dovecot.password();
    }

    DovecotServer dovecot() {
        return dovecot;
    }

    /** Makes every mail of the set unread again. Returns when the server has written down its own login for that. */
    void reset(MailSet set) {
        long before = logins();
        boolean empty = filled.add(set);
        if (empty) {
            dovecot.deliverMany(set.user(), INBOX, set.mails());
        }
        try (RawImap imap = dovecot.connect(set.user())) {
            imap.command("SELECT " + INBOX);
            imap.command("UID STORE 1:* FLAGS.SILENT ()");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Await.until("the server's log has its logins", () -> logins() >= before + (empty ? 2 : 1));
    }

    /** How many logins the server has written down, which it does within milliseconds. */
    long logins() {
        try (Stream<String> lines = Files.exists(logins) ? Files.lines(logins, ISO_8859_1) : Stream.of()) {
            return lines.filter(line -> line.contains(LOGIN)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        dovecot.close();
        authorization.close();
    }
}
