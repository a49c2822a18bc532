package io.mailroutes.sandbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** GreenMail's IMAP behind {@link XoauthGate}: its own AUTHENTICATE and LOGIN take anything that equals a password. */
final class XoauthImapServer extends AbstractServer {
    /** What RFC 3501 section 5.4 asks of a server; GreenMail's own 30 s would cut every slow poll. */
    private static final Duration IDLE_LIMIT = Duration.ofMinutes(30);

    private final Function<String, Optional<String>> userOf;

    XoauthImapServer(ServerSetup setup, Managers managers, Function<String, Optional<String>> userOf) {
        super(setup, managers);
        this.userOf = userOf;
        setClientSocketTimeout((int) IDLE_LIMIT.toMillis());
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
        return new XoauthImapHandler(managers, client, userOf);
    }
}
