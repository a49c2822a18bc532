package io.mailroutes.sandbox;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapHandler;
import com.icegreen.greenmail.imap.ImapRequestHandler;
import com.icegreen.greenmail.imap.ImapSession;
import com.icegreen.greenmail.imap.ImapSessionImpl;
import com.icegreen.greenmail.imap.ProtocolException;
import com.icegreen.greenmail.user.GreenMailUser;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: our gate first, then GreenMail with the user already known. */
final class XoauthImapHandler extends ImapHandler {
    private static final Logger LOG = LoggerFactory.getLogger(XoauthImapHandler.class);

    private final Managers managers;
    private final Function<String, Optional<String>> userOf;

    XoauthImapHandler(Managers managers, Socket socket, Function<String, Optional<String>> userOf) {
        super(managers.getUserManager(), managers.getImapHostManager(), socket);
        this.managers = managers;
        this.userOf = userOf;
    }

    @Override
    public void run() {
        try (InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = new BufferedOutputStream(socket.getOutputStream())) {
            Optional<GreenMailUser> user = new XoauthGate(in, out, userOf)
                    .admit()
                    .flatMap(name ->
                            Optional.ofNullable(managers.getUserManager().getUser(name)));
            if (user.isPresent()) {
                serve(user.get(), in, out);
            }
        } catch (IOException e) {
            LOG.debug("IMAP connection of the sandbox ended: {}", e.toString());
        } finally {
            close();
        }
    }

    private void serve(GreenMailUser user, InputStream in, OutputStream out) throws IOException {
        ImapSession session = new ImapSessionImpl(
                managers.getImapHostManager(),
                managers.getUserManager(),
                this,
                socket.getInetAddress().getHostAddress());
        session.setAuthenticated(user);
        ImapRequestHandler requests = new ImapRequestHandler();
        boolean open = true;
        while (open && !isQuitting()) {
            open = handle(requests, in, out, session);
        }
    }

    private static boolean handle(ImapRequestHandler requests, InputStream in, OutputStream out, ImapSession session)
            throws IOException {
        try {
            return requests.handleRequest(in, out, session);
        } catch (ProtocolException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void forceConnectionClose(String message) {
        close();
    }
}
