package io.mailroutes.imap;

import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.message.UidSet;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.Response;

/** Flags, moves and deletions, by UID. */
record Changes(Conversation conversation) {
    private static final Pattern FLAG = Pattern.compile("\\\\?[A-Za-z0-9$_.+-]{1,100}");

    void addFlag(UidSet uids, String flag) {
        if (!FLAG.matcher(flag).matches()) {
            throw new IllegalArgumentException("not an IMAP flag: " + flag);
        }
        for (UidSet chunk : UidChunks.of(uids)) {
            conversation.command(
                    "setting the flag " + flag, "UID STORE " + chunk.toCommand() + " +FLAGS.SILENT (" + flag + ")");
        }
    }

    void move(UidSet uids, String folder) {
        boolean atOnce = conversation.has("MOVE");
        for (UidSet chunk : UidChunks.of(uids)) {
            into(folder, (atOnce ? "UID MOVE " : "UID COPY ") + chunk.toCommand() + " " + conversation.name(folder));
            if (!atOnce) {
                delete(chunk);
            }
        }
    }

    private void into(String folder, String command) {
        String tried = "moving mails to " + folder;
        Response answer = conversation.send(tried, command);
        if (answer.isNO() && answer.getRest().regionMatches(true, 0, "[TRYCREATE]", 0, 11)) {
            create(folder);
            answer = conversation.send(tried, command);
        }
        conversation.require(tried, answer, Reason.NO_FOLDER);
    }

    private void create(String folder) {
        String tried = "creating the folder " + folder;
        String name = conversation.name(folder);
        conversation.require(tried, conversation.send(tried, "CREATE " + name), Reason.NO_FOLDER);
        // Without a subscription many clients do not show the folder; a server may refuse it and the move still works.
        conversation.send("subscribing to the folder " + folder, "SUBSCRIBE " + name);
    }

    void delete(UidSet uids) {
        for (UidSet chunk : UidChunks.of(uids)) {
            addFlag(chunk, "\\Deleted");
            if (conversation.has("UIDPLUS")) {
                conversation.command("deleting mails", "UID EXPUNGE " + chunk.toCommand());
            }
        }
    }
}
