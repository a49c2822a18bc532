package io.mailroutes.imap;

import io.mailroutes.account.Account;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to one connection: its limits, its socket, and the properties that Angus connects with. They are made
 * from nothing, so that neither system properties nor a host's mail settings have a say in how a server is trusted.
 */
final class Wire {
    /** Where the protocol's constructor finds this. */
    static final String KEY = "io.mailroutes.wire";

    private static final int BEFORE_LOGIN = 64 * 1024;

    private final Account account;
    private final ImapSettings settings;
    private volatile @Nullable Socket below;
    private volatile @Nullable Socket reading;

    Wire(Account account, ImapSettings settings) {
        this.account = account;
        this.settings = settings;
    }

    Properties properties() {
        Properties properties = new Properties();
        properties.put(KEY, this);
        properties.put("mail.imap.connectiontimeout", millis(settings.connectTimeout()));
        properties.put("mail.imap.timeout", millis(settings.answerTimeout()));
        properties.put("mail.imap.socketFactory", new PlainSockets(this::seen));
        new TlsSockets(settings.tls(), account.caFile(), this::seen).secure(properties, "mail.imap");
        return properties;
    }

    private static String millis(Duration duration) {
        return Long.toString(Math.min(duration.toMillis(), Integer.MAX_VALUE));
    }

    private void seen(Socket lowest, Socket top) {
        below = lowest;
        reading = top;
    }

    /** How much of a response is read from a server that nobody has logged in to. */
    int limitBeforeLogin() {
        return BEFORE_LOGIN;
    }

    /** What to read from now: a new reader belongs to a new layer, so that nothing sent before TLS is read after it. */
    InputStream input() throws IOException {
        Socket current = reading;
        if (current == null) {
            throw new IOException("not connected");
        }
        return current.getInputStream();
    }

    /** The next reads wait at most this long. */
    void answerWithin(Duration limit) throws IOException {
        Socket current = reading;
        if (current != null) {
            current.setSoTimeout((int) Math.max(1, limit.toMillis()));
        }
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
