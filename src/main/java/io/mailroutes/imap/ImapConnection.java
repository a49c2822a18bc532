package io.mailroutes.imap;

import static io.mailroutes.imap.Conversation.RESPONSE_LIMIT;

import io.mailroutes.account.Account;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.message.Envelope;
import io.mailroutes.message.Fingerprint;
import io.mailroutes.message.UidSet;
import io.mailroutes.token.TokenSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;

/**
 * One authenticated connection to one account's IMAP server. Used by one thread at a time; only {@link #abort} may
 * come from another. Every method throws {@link ImapException}; after a transient one the connection is closed.
 */
public final class ImapConnection implements AutoCloseable {
    /** A SEARCH answer is one line, about 8 bytes for each mail found. */
    private static final int SEARCH_LIMIT = 16 << 20;

    private static final Duration LOGOUT_LIMIT = Duration.ofSeconds(2);
    private static final Pattern ONE_LINE_OF_ASCII = Pattern.compile("[\\x20-\\x7E]+");

    private final StreamingProtocol protocol;
    private final Wire wire;
    private final ImapSettings settings;
    private final Conversation conversation;
    private final Changes changes;
    private final Failures failures;
    private final Optional<Instant> renewAt;

    private ImapConnection(Login.Result login, ImapSettings settings, Failures failures) {
        this.protocol = login.protocol();
        this.wire = login.wire();
        this.renewAt = login.renewAt();
        this.settings = settings;
        this.failures = failures;
        this.conversation = new Conversation(protocol, wire, settings, failures);
        this.changes = new Changes(conversation, new SmallSteps(conversation, this::searchAside));
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
        Response answer = conversation.send(
                "opening the folder " + folder,
                (readOnly ? "EXAMINE " : "SELECT ") + conversation.name(folder),
                RESPONSE_LIMIT,
                null,
                state::take);
        conversation.require("opening the folder " + folder, answer, Reason.NO_FOLDER);
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
        protocol.forgetNews();
        return searchAside(criteria);
    }

    /** As {@link #search}, for a question that does not cover new mail: {@link #hasNews} stays as it is. */
    public UidSet searchAside(String criteria) {
        if (!ONE_LINE_OF_ASCII.matcher(criteria).matches()) {
            throw failures.permanent(
                    Reason.PROTOCOL, "searching: the criteria must be one line of printable ASCII", null);
        }
        SearchAnswer found = new SearchAnswer(criteria);
        conversation.require(
                "searching",
                conversation.send("searching", "UID SEARCH " + criteria, SEARCH_LIMIT, null, found::take),
                Reason.PROTOCOL);
        return found.uids();
    }

    /** The folders that are for this, by their own names. */
    public List<String> folders(SpecialUse use) {
        return new FolderList(conversation).of(use);
    }

    /** Flags, size and date of these mails with one command; mails that are gone are missing. */
    public List<MailSummary> summaries(UidSet uids) {
        String more = has(GmailItems.CAPABILITY) ? GmailItems.ID : "";
        Fetched fetched = new Fetched(uids);
        MailSpool nowhere = new MailSpool(settings);
        for (UidSet chunk : UidChunks.of(uids)) {
            Response answer = conversation.send(
                    "listing mails",
                    "UID FETCH " + chunk.toCommand() + " (UID FLAGS INTERNALDATE RFC822.SIZE" + more + ")",
                    RESPONSE_LIMIT,
                    null,
                    untagged -> fetched.summary(untagged, nowhere));
            conversation.requireFetched("listing mails", answer);
        }
        return fetched.summaries();
    }

    /** By what these mails are known again; one that is gone, or has none of the header fields, is missing. */
    public Map<Long, Fingerprint> fingerprints(UidSet uids) {
        Fetched fetched = new Fetched(uids);
        MailSpool nowhere = new MailSpool(settings);
        Map<Long, byte[]> headers = new LinkedHashMap<>();
        for (UidSet chunk : UidChunks.of(uids)) {
            Response answer = conversation.send(
                    "comparing mails",
                    "UID FETCH " + chunk.toCommand() + " (UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE FROM SUBJECT)])",
                    RESPONSE_LIMIT,
                    null,
                    untagged -> fetched.header(untagged, nowhere, headers));
            conversation.requireFetched("comparing mails", answer);
        }
        Map<Long, Fingerprint> prints = new LinkedHashMap<>();
        headers.forEach(
                (uid, header) -> Fingerprint.of(Envelope.parse(header)).ifPresent(print -> prints.put(uid, print)));
        return prints;
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
        new FetchPipeline(conversation, plan).run();
    }

    /**
     * Which of these mails have more bytes than this, by asking for the byte after them: RFC822.SIZE is an estimate on
     * some servers. A server that answers with neither that byte nor its absence is taken to mean absence.
     */
    public UidSet largerThan(long bytes, UidSet uids) {
        return new PartialFetch(conversation).largerThan(bytes, uids);
    }

    /** The header block of a mail, of which no more than so many bytes; empty when the mail is gone. */
    public Optional<FetchedMail> header(long uid, int atMost) {
        return new PartialFetch(conversation).header(uid, atMost);
    }

    /** {@code UID STORE +FLAGS.SILENT}. */
    public void addFlag(UidSet uids, String flag) {
        changes.addFlag(uids, flag);
    }

    /**
     * UID MOVE (RFC 6851), else UID COPY, STORE \Deleted and UID EXPUNGE of these alone (RFC 4315). A target that the
     * server says may be created (TRYCREATE) is created and subscribed to.
     */
    public void move(UidSet uids, String folder) {
        changes.move(uids, folder);
    }

    /** STORE \Deleted and UID EXPUNGE of these alone; without UIDPLUS the mails stay, marked \Deleted. */
    public void delete(UidSet uids) {
        changes.delete(uids);
    }

    /** A round trip (NOOP), which also makes new mail visible. Waits less long for an answer than other commands. */
    public void noop() {
        String tried = "asking for news";
        Response answer = conversation.talk(tried, () -> {
            wire.answerWithin(settings.probeTimeout());
            Response tagged = protocol.run("NOOP", RESPONSE_LIMIT, null, untagged -> {});
            wire.answerWithin(settings.answerTimeout());
            return tagged;
        });
        conversation.require(tried, answer, Reason.PROTOCOL);
    }

    /** Whether the server has told of a mail since the last {@link #search}. */
    public boolean hasNews() {
        return protocol.hasNews();
    }

    /** A wait for news, for servers that {@linkplain #has have} IDLE. */
    public MailWait waiting() {
        return new MailWait(conversation);
    }

    /** When to open a new connection because the server will soon close this one; empty when it is not known to. */
    public Optional<Instant> renewAt() {
        return renewAt;
    }

    /** Whether the server tells by which ids a mail is the same in all folders, see {@link MailSummary#gmailId}. */
    public boolean hasGmailIds() {
        return has(GmailItems.CAPABILITY);
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
}
