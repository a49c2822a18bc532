package io.mailroutes.imap;

import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.message.UidSet;
import java.io.IOException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;

/** Commands and their answers on one connection. What goes wrong is an {@link ImapException} that says what was tried. */
record Conversation(StreamingProtocol protocol, Wire wire, ImapSettings settings, Failures failures) {
    /** Of a response in bytes, its mail not counted. */
    static final int RESPONSE_LIMIT = 1 << 20;

    /** What may fail because of the line. */
    @FunctionalInterface
    interface Talk<T> {
        T run() throws IOException, ProtocolException;
    }

    /** Whatever else happens than an answer, the connection is closed: nobody knows what is still on the wire. */
    <T> T talk(String tried, Talk<T> talk) {
        boolean answered = false;
        try {
            T result = talk.run();
            answered = true;
            return result;
        } catch (IOException | ProtocolException e) {
            throw failures.broken(tried, e);
        } finally {
            if (!answered) {
                wire.cut();
            }
        }
    }

    /** The tagged answer. */
    Response send(
            String tried, String line, int limit, @Nullable MailSpool spool, StreamingProtocol.Untagged untagged) {
        return talk(tried, () -> protocol.run(line, limit, spool, untagged));
    }

    /** A command of which only the tagged answer counts. */
    Response send(String tried, String line) {
        return send(tried, line, RESPONSE_LIMIT, null, untagged -> {});
    }

    void command(String tried, String line) {
        require(tried, send(tried, line), Reason.PROTOCOL);
    }

    void require(String tried, Response answer, Reason reason) {
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
    void requireFetched(String tried, Response answer) {
        if (!answer.isNO() || !answer.getRest().regionMatches(true, 0, "[EXPUNGEISSUED]", 0, 15)) {
            require(tried, answer, Reason.PROTOCOL);
        }
    }

    String name(String folder) {
        try {
            return FolderName.quoted(folder);
        } catch (IllegalArgumentException e) {
            throw failures.permanent(Reason.NO_FOLDER, String.valueOf(e.getMessage()), null);
        }
    }

    boolean has(String capability) {
        return protocol.hasCapability(capability);
    }

    /** The server did a part of what it was told, however often; it is told again on the next connection. */
    ImapException leftBehind(String tried, UidSet uids) {
        wire.cut();
        return failures.later(tried + ": the server leaves mails behind, with UID " + uids, null);
    }
}
