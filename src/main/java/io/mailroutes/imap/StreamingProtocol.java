package io.mailroutes.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mailroutes.account.Account;
import io.mailroutes.account.Security;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.iap.ResponseInputStream;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guarded protocol that reads with a {@link ResponseReader} and hands answers on one by one, instead of collecting
 * them in arrays of any length.
 */
final class StreamingProtocol extends GuardedProtocol {
    private static final Logger LOG = LoggerFactory.getLogger(StreamingProtocol.class);
    private static final int COLLECTED = 100;
    private static final int ALERTS = 10;
    private static final String DONE = "DONE\r\n";

    // No initialisers: the super constructor reads the greeting before they would run.
    private @Nullable ResponseInputStream layer;
    private @Nullable ResponseReader reader;
    private int alerts;
    private int mails;
    private boolean news;

    private StreamingProtocol(Account account, Wire wire) throws IOException, ProtocolException {
        super(
                account,
                "imap",
                new Server(account.imap().host(), account.imap().port()),
                wire.properties(),
                account.imap().security() == Security.TLS,
                new MailLogger(StreamingProtocol.class, "DEBUG", false, null));
    }

    /** Connects and reads the greeting; no login yet. */
    static StreamingProtocol connect(Account account, Wire wire) throws IOException, ProtocolException {
        return new StreamingProtocol(account, wire);
    }

    /** Takes one untagged response. */
    @FunctionalInterface
    interface Untagged {
        void take(IMAPResponse response) throws IOException, ProtocolException;
    }

    /**
     * Sends a command and hands on what comes before its tagged answer.
     *
     * @param limit bytes of one response, its mail not counted
     * @param spool where mails go, null when none is asked for
     * @return the tagged answer: OK, NO or BAD
     */
    synchronized Response run(String command, int limit, @Nullable MailSpool spool, Untagged untagged)
            throws IOException, ProtocolException {
        return finish(begin(command), limit, spool, untagged);
    }

    /** Sends a command whose answer {@link #finish} waits for; others may be sent and answered before. */
    synchronized String begin(String command) throws IOException, ProtocolException {
        return writeCommand(command, null);
    }

    /** Hands on what comes before the tagged answer to the oldest command that has none. */
    synchronized Response finish(String tag, int limit, @Nullable MailSpool spool, Untagged untagged)
            throws IOException, ProtocolException {
        reader().expect(limit, spool);
        while (true) {
            IMAPResponse response = next();
            if (response.isTagged()) {
                return mine(response, tag);
            }
            if (response.isContinuation()) {
                throw new ProtocolException("the server waits for data that nobody announced");
            }
            untagged.take(response);
        }
    }

    /** The next response, whatever it is but BYE. */
    IMAPResponse next() throws IOException, ProtocolException {
        IMAPResponse response = (IMAPResponse) readResponse();
        if (response.isBYE()) {
            throw new ServerByeException(response.getRest());
        }
        takeCapabilities(response);
        count(response);
        return response;
    }

    /** Some servers repeat EXISTS with every answer: only another count is news. */
    private void count(IMAPResponse response) {
        if (response.keyEquals("EXPUNGE")) {
            mails--;
        } else if (response.keyEquals("EXISTS") && response.getNumber() != mails) {
            mails = response.getNumber();
            news = true;
        }
    }

    /** Whether the server has told of a mail since {@link #forgetNews}; it does with any answer, and only once. */
    boolean hasNews() {
        return news;
    }

    void forgetNews() {
        news = false;
    }

    /** What the next responses may bring, when nothing is fetched. */
    void expect(int limit) {
        reader().expect(limit, null);
    }

    /** Ends IDLE (RFC 2177), also while another thread waits for a response. */
    void writeDone() throws IOException {
        OutputStream out = getOutputStream();
        out.write(DONE.getBytes(ISO_8859_1));
        out.flush();
    }

    /** The answer, when it is to this command. */
    Response mine(IMAPResponse response, String tag) throws ProtocolException {
        if (!tag.equals(response.getTag())) {
            throw new ProtocolException("the answer belongs to no command");
        }
        return response;
    }

    /** Angus's own loop has no limit on how much it collects. Used for STARTTLS, CAPABILITY and LOGIN. */
    @Override
    public synchronized Response[] command(String command, @Nullable Argument arguments) {
        List<Response> responses = new ArrayList<>();
        try {
            String tag = writeCommand(command, arguments);
            Response response;
            do {
                response = readResponse();
                responses.add(response);
                if (responses.size() > COLLECTED) {
                    throw new LimitExceededException("more than " + COLLECTED + " answers to one command");
                }
            } while (!response.isBYE() && !(response.isTagged() && tag.equals(response.getTag())));
        } catch (IOException | ProtocolException e) {
            responses.add(Response.byeResponse(e));
        }
        return responses.toArray(Response[]::new);
    }

    /** FETCH is left unparsed: {@link FetchLine} takes items in any order and of any kind. */
    @Override
    public Response readResponse() throws IOException, ProtocolException {
        IMAPResponse response = new IMAPResponse(this);
        if (Alerts.is(response) && alerts++ < ALERTS) {
            Alerts.show(account(), host, response);
        }
        return response;
    }

    @Override
    protected ResponseInputStream getInputStream() {
        ResponseInputStream current = super.getInputStream(); // a new one after STARTTLS
        ResponseReader mine = reader;
        if (mine == null || current != layer) {
            Wire wire = (Wire) props.get(Wire.KEY);
            try {
                mine = new ResponseReader(wire.input(), wire.limitBeforeLogin());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            reader = mine;
            layer = current;
        }
        return mine;
    }

    private ResponseReader reader() {
        return (ResponseReader) getInputStream();
    }

    /** Angus asks its own stream, which is never read. */
    @Override
    public boolean hasResponse() {
        try {
            return reader().available() > 0;
        } catch (IOException closed) {
            return false;
        }
    }
}
