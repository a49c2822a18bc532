package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.message.UidSet;
import io.mailroutes.token.TokenSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/**
 * One authenticated connection to one account's IMAP server. Used by one thread at a time; only {@link #abort} may
 * come from another. Every method throws {@link ImapException}; after a transient one the connection is closed.
 */
public final class ImapConnection implements AutoCloseable {
    private static final int RESPONSE_LIMIT = 1 << 20;
    /** A SEARCH answer is one line, about 8 bytes for each mail found. */
    private static final int SEARCH_LIMIT = 16 << 20;

    private static final Duration LOGOUT_LIMIT = Duration.ofSeconds(2);
    private static final String FETCHING = "fetching mails";
    private static final Pattern FLAG = Pattern.compile("\\\\?[A-Za-z0-9$_.+-]{1,100}");
    private static final Pattern ONE_LINE_OF_ASCII = Pattern.compile("[\\x20-\\x7E]+");

    private final StreamingProtocol protocol;
    private final Wire wire;
    private final ImapSettings settings;
    private final Failures failures;

    private ImapConnection(Login.Result login, ImapSettings settings, Failures failures) {
        this.protocol = login.protocol();
        this.wire = login.wire();
        this.settings = settings;
        this.failures = failures;
    }

    /**
     * Connects, secures, authenticates. A refused token is {@linkplain TokenSource#reject rejected} and a new one
     * tried once on a new connection.
     *
     * @throws io.mailroutes.token.TokenException when no token can be had
     */
    public static ImapConnection open(Account account, TokenSource tokens, ImapSettings settings) {
        return new ImapConnection(new Login(account, tokens, settings).open(), settings, new Failures(account));
    }

    /** SELECT, or EXAMINE when {@code readOnly}. */
    public SelectedFolder select(String folder, boolean readOnly) {
        FolderState state = new FolderState(folder);
        Response answer = send(
                "opening the folder " + folder,
                (readOnly ? "EXAMINE " : "SELECT ") + name(folder),
                RESPONSE_LIMIT,
                null,
                state::take);
        require("opening the folder " + folder, answer, Reason.NO_FOLDER);
        return state.selected(answer, readOnly)
                .orElseThrow(() -> failures.permanent(
                        Reason.PROTOCOL,
                        "opening the folder " + folder + ": the server gives no UIDVALIDITY, so its mails have no"
                                + " lasting numbers",
                        null));
    }

    /**
     * {@code UID SEARCH criteria}, ascending. The criteria are sent as they are. {@code UID n:*} finds nothing below
     * n, although servers answer it with the last mail (RFC 9051 section 6.4.4).
     */
    public UidSet search(String criteria) {
        if (!ONE_LINE_OF_ASCII.matcher(criteria).matches()) {
            throw failures.permanent(
                    Reason.PROTOCOL, "searching: the criteria must be one line of printable ASCII", null);
        }
        SearchAnswer found = new SearchAnswer(criteria);
        require(
                "searching",
                send("searching", "UID SEARCH " + criteria, SEARCH_LIMIT, null, found::take),
                Reason.PROTOCOL);
        return found.uids();
    }

    /** Flags, size and date of these mails with one command; mails that are gone are missing. */
    public List<MailSummary> summaries(UidSet uids) {
        Fetched fetched = new Fetched(uids);
        MailSpool nowhere = new MailSpool(settings);
        for (UidSet chunk : UidChunks.of(uids)) {
            Response answer = send(
                    "listing mails",
                    "UID FETCH " + chunk.toCommand() + " (UID FLAGS INTERNALDATE RFC822.SIZE)",
                    RESPONSE_LIMIT,
                    null,
                    untagged -> fetched.summary(untagged, nowhere));
            requireFetched("listing mails", answer);
        }
        return fetched.summaries();
    }

    /**
     * Fetches whole mails (BODY.PEEK[]), a batch with one command, and hands each on as it arrives. Ends when all that
     * was asked for has come and the plan has nothing more. The plan must not use this connection meanwhile. What the
     * plan throws closes the connection and comes out here.
     *
     * @throws PermanentImapException with {@link Reason#MAIL_TOO_LARGE} when a mail is larger than
     *     {@link ImapSettings#maximumSize}; the mails before it have been handed on
     * @throws ImapException whatever it is, the connection is closed: of several commands nobody knows which were heard
     */
    public void fetch(FetchPlan plan) {
        MailSpool spool = new MailSpool(settings);
        FetchPipeline pipeline = new FetchPipeline(plan);
        boolean complete = false;
        try {
            pipeline.fill(this::askFor);
            while (pipeline.head().isPresent()) {
                FetchPipeline.Command command = pipeline.head().get();
                requireFetched(FETCHING, answer(command, plan, pipeline.fetched(), spool));
                pipeline.answered(command);
                pipeline.fill(this::askFor);
            }
            complete = true;
        } finally {
            spool.discard();
            if (!complete) {
                wire.cut();
            }
        }
    }

    private String askFor(UidSet uids) {
        try {
            return protocol.begin("UID FETCH " + uids.toCommand() + " (UID FLAGS INTERNALDATE BODY.PEEK[])");
        } catch (IOException | ProtocolException e) {
            throw failures.broken(FETCHING, e);
        }
    }

    private Response answer(FetchPipeline.Command command, FetchPlan plan, Fetched fetched, MailSpool spool) {
        try {
            return protocol.finish(
                    command.tag(), RESPONSE_LIMIT, spool, untagged -> fetched.mail(untagged, spool, plan::take));
        } catch (IOException | ProtocolException e) {
            throw failures.broken(FETCHING, e);
        }
    }

    /** {@code UID STORE +FLAGS.SILENT}. */
    public void addFlag(UidSet uids, String flag) {
        if (!FLAG.matcher(flag).matches()) {
            throw new IllegalArgumentException("not an IMAP flag: " + flag);
        }
        for (UidSet chunk : UidChunks.of(uids)) {
            command("setting the flag " + flag, "UID STORE " + chunk.toCommand() + " +FLAGS.SILENT (" + flag + ")");
        }
    }

    /**
     * UID MOVE (RFC 6851), else UID COPY, STORE \Deleted and UID EXPUNGE of these alone (RFC 4315). A target that the
     * server says may be created (TRYCREATE) is created and subscribed to.
     */
    public void move(UidSet uids, String folder) {
        boolean atOnce = has("MOVE");
        for (UidSet chunk : UidChunks.of(uids)) {
            into(folder, (atOnce ? "UID MOVE " : "UID COPY ") + chunk.toCommand() + " " + name(folder));
            if (!atOnce) {
                delete(chunk);
            }
        }
    }

    private void into(String folder, String command) {
        String tried = "moving mails to " + folder;
        Response answer = send(tried, command, RESPONSE_LIMIT, null, untagged -> {});
        if (answer.isNO() && answer.getRest().regionMatches(true, 0, "[TRYCREATE]", 0, 11)) {
            create(folder);
            answer = send(tried, command, RESPONSE_LIMIT, null, untagged -> {});
        }
        require(tried, answer, Reason.NO_FOLDER);
    }

    private void create(String folder) {
        String tried = "creating the folder " + folder;
        require(tried, send(tried, "CREATE " + name(folder), RESPONSE_LIMIT, null, untagged -> {}), Reason.NO_FOLDER);
        // Without a subscription many clients do not show the folder; a server may refuse it and the move still works.
        send("subscribing to the folder " + folder, "SUBSCRIBE " + name(folder), RESPONSE_LIMIT, null, untagged -> {});
    }

    /** STORE \Deleted and UID EXPUNGE of these alone; without UIDPLUS the mails stay, marked \Deleted. */
    public void delete(UidSet uids) {
        for (UidSet chunk : UidChunks.of(uids)) {
            addFlag(chunk, "\\Deleted");
            if (has("UIDPLUS")) {
                command("deleting mails", "UID EXPUNGE " + chunk.toCommand());
            }
        }
    }

    /** A round trip (NOOP), which also makes new mail visible. */
    public void noop() {
        command("asking for news", "NOOP");
    }

    /** Whether the server advertised this capability after login. */
    public boolean has(String capability) {
        return protocol.hasCapability(capability);
    }

    /** Closes the socket at once, from any thread; whoever waits for an answer gets a transient exception. */
    public void abort() {
        wire.cut();
    }

    /** LOGOUT, without waiting long for its answer. */
    @Override
    public void close() {
        try {
            wire.answerWithin(LOGOUT_LIMIT);
            protocol.run("LOGOUT", RESPONSE_LIMIT, null, untagged -> {});
        } catch (IOException | ProtocolException ignored) {
            return; // BYE is the answer to LOGOUT, and a lost connection is closed already
        } finally {
            protocol.disconnect();
            wire.cut();
        }
    }

    private void command(String tried, String line) {
        require(tried, send(tried, line, RESPONSE_LIMIT, null, untagged -> {}), Reason.PROTOCOL);
    }

    /** The tagged answer. Whatever else happens, the connection is closed: nobody knows what is still on the wire. */
    private Response send(
            String tried, String line, int limit, @Nullable MailSpool spool, StreamingProtocol.Untagged untagged) {
        boolean answered = false;
        try {
            Response answer = protocol.run(line, limit, spool, untagged);
            answered = true;
            return answer;
        } catch (IOException | ProtocolException e) {
            throw failures.broken(tried, e);
        } finally {
            if (!answered) {
                wire.cut();
            }
        }
    }

    private void require(String tried, Response answer, Reason reason) {
        if (answer.isOK()) {
            return;
        }
        ImapException failure = failures.answered(tried, answer, reason);
        if (failure instanceof TransientImapException) {
            wire.cut();
        }
        throw failure;
    }

    /** Mails that others removed meanwhile are no failure (RFC 5530 section 3). */
    private void requireFetched(String tried, Response answer) {
        if (!answer.isNO() || !answer.getRest().regionMatches(true, 0, "[EXPUNGEISSUED]", 0, 15)) {
            require(tried, answer, Reason.PROTOCOL);
        }
    }

    private String name(String folder) {
        try {
            return FolderName.quoted(folder);
        } catch (IllegalArgumentException e) {
            throw failures.permanent(Reason.NO_FOLDER, String.valueOf(e.getMessage()), null);
        }
    }
}
