package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.message.UidSet;
import io.mailroutes.token.TokenSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * One authenticated connection to one account's IMAP server. Used by one thread at a time; only {@link #abort} may
 * come from another. Every method throws {@link ImapException}; after a transient one the connection is closed.
 */
public final class ImapConnection implements AutoCloseable {
    private ImapConnection() {}

    /**
     * Connects, secures, authenticates. A refused token is {@linkplain TokenSource#reject rejected} and a new one
     * tried once on a new connection.
     *
     * @throws io.mailroutes.token.TokenException when no token can be had
     */
    public static ImapConnection open(Account account, TokenSource tokens, ImapSettings settings) {
        throw new UnsupportedOperationException("skeleton" + account + tokens + settings);
    }

    /** SELECT, or EXAMINE when {@code readOnly}. */
    public SelectedFolder select(String folder, boolean readOnly) {
        throw new UnsupportedOperationException("skeleton" + folder + readOnly);
    }

    /** {@code UID SEARCH criteria}, ascending. The criteria are sent as they are. */
    public UidSet search(String criteria) {
        throw new UnsupportedOperationException("skeleton" + criteria);
    }

    /** Flags, size and date of these mails with one command; mails that are gone are missing. */
    public List<MailSummary> summaries(UidSet uids) {
        throw new UnsupportedOperationException("skeleton" + uids);
    }

    /**
     * Fetches whole mails with one command (BODY.PEEK[]) and hands each on as it arrives; mails that are gone are
     * missing. The receiver owns the content.
     */
    public void fetch(UidSet uids, Consumer<FetchedMail> receiver) {
        throw new UnsupportedOperationException("skeleton" + uids + receiver);
    }

    /** {@code UID STORE +FLAGS.SILENT}. */
    public void addFlag(UidSet uids, String flag) {
        throw new UnsupportedOperationException("skeleton" + uids + flag);
    }

    /** UID MOVE (RFC 6851), else UID COPY, STORE \Deleted and UID EXPUNGE of these alone (RFC 4315). */
    public void move(UidSet uids, String folder) {
        throw new UnsupportedOperationException("skeleton" + uids + folder);
    }

    /** STORE \Deleted and UID EXPUNGE of these alone; without UIDPLUS the mails stay, marked \Deleted. */
    public void delete(UidSet uids) {
        throw new UnsupportedOperationException("skeleton" + uids);
    }

    /** A round trip (NOOP), which also makes new mail visible. */
    public void noop() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** Whether the server advertised this capability after login. */
    public boolean has(String capability) {
        throw new UnsupportedOperationException("skeleton" + capability);
    }

    /** Closes the socket at once, from any thread; whoever waits for an answer gets a transient exception. */
    public void abort() {
        throw new UnsupportedOperationException("skeleton");
    }

    /** LOGOUT, without waiting long for its answer. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("skeleton");
    }
}
