package io.mailroutes.smtp;

import io.mailroutes.account.Account;
import io.mailroutes.imap.PlainSockets;
import io.mailroutes.imap.TlsSockets;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection. The lines of a login are written and read here and not through Angus, whose protocol
 * trace cannot be switched off from outside and would show the token.
 */
final class Line {
    private static final String KEY = "io.mailroutes.smtp.line";

    private volatile @Nullable Socket below;
    private volatile @Nullable Socket top;

    /** A copy of this session for one connection, with the line in it. */
    static Session session(Session shared, String protocol, Account account) {
        Properties own = new Properties();
        own.putAll(shared.getProperties());
        Line line = new Line();
        String prefix = "mail." + protocol;
        own.put(KEY, line);
        own.put(prefix + ".socketFactory", new PlainSockets(line::seen));
        new TlsSockets(account.caFile(), line::seen).secure(own, prefix);
        return Session.getInstance(own);
    }

    static Line of(Session session) {
        if (session.getProperties().get(KEY) instanceof Line line) {
            return line;
        }
        throw new IllegalStateException("not the session of one connection");
    }

    private void seen(Socket lowest, Socket topmost) {
        below = lowest;
        top = topmost;
    }

    SmtpReply ask(String command) throws IOException {
        Socket current = socket();
        current.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        current.getOutputStream().flush();
        return SmtpReply.read(current.getInputStream());
    }

    boolean isToLoopback() throws IOException {
        return socket().getInetAddress().isLoopbackAddress();
    }

    private Socket socket() throws IOException {
        Socket current = top;
        if (current == null) {
            throw new IOException("not connected");
        }
        return current;
    }

    /** Closes the TCP connection without waiting for anything. */
    void cut() {
        Socket current = below;
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (IOException ignored) {
            return; // closing was all that was wanted, and a socket that cannot be closed is of no use either
        }
    }
}
