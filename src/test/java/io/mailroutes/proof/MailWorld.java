package io.mailroutes.proof;

import io.mailroutes.testing.DovecotServer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.StoredMail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A Dovecot and the authorization server that it asks about tokens. Every user has a client and a mailbox of its own. */
final class MailWorld implements AutoCloseable {
    static final String INBOX = "INBOX";

    private final FakeAuthorizationServer authorization = new FakeAuthorizationServer(Clock.systemUTC());
    private final DovecotServer dovecot;

    MailWorld() {
        this(List.of());
    }

    /** @param extra lines for Dovecot's configuration */
    MailWorld(List<String> extra) {
        dovecot = DovecotServer.start(authorization.introspectionEndpoint(), extra);
    }

    FakeAuthorizationServer authorization() {
        return authorization;
    }

    DovecotServer dovecot() {
        return dovecot;
    }

    /** A program in this directory, with the account {@code box} on the user's mailbox, reached through this port. */
    Program program(Path directory, String user, int port) {
        authorization.client(clientOf(user), secretOf(user), user);
        return new Program(directory)
                .account("user", user)
                .account("grant", "client-credentials")
                .account("token-endpoint", authorization.tokenEndpoint().toString())
                .account("client-id", clientOf(user))
                .account("client-secret", secretOf(user))
                .account("host", "127.0.0.1")
                .account("port", Integer.toString(port))
                .account("security", "none");
    }

    Program program(Path directory, String user) {
        return program(directory, user, dovecot.port());
    }

    static String clientOf(String user) {
        return "client-of-" + user;
    }

    static String secretOf(String user) {
        return "secret-of-" + user;
    }

    void append(String user, byte[] mail) {
        dovecot.append(user, INBOX, mail);
    }

    /** A small mail of this subject and text. */
    static byte[] mail(String subject, String text) {
        return ("From: Ann <ann@example.com>\r\nTo: bob@example.org\r\nSubject: " + subject
                        + "\r\nDate: Mon, 2 Nov 2026 10:00:00 +0100\r\n\r\n" + text + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    Map<Long, StoredMail> inbox(String user) {
        return dovecot.fetchAll(user, INBOX);
    }

    @Override
    public void close() {
        dovecot.close();
        authorization.close();
    }
}
