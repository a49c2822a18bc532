package io.mailroutes.imap;

import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.message.UidSet;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.Response;

/** Flags, moves and deletions, by UID. */
record Changes(Conversation conversation, SmallSteps steps) {
    private static final Pattern FLAG = Pattern.compile("\\\\?[A-Za-z0-9$_.+-]{1,100}");

    void addFlag(UidSet uids, String flag) {
        if (!FLAG.matcher(flag).matches()) {
            throw new IllegalArgumentException("not an IMAP flag: " + flag);
        }
        String tried = "setting the flag " + flag;
        for (UidSet step : steps.of(uids)) {
            steps.act(tried, step, without(flag), left -> told(tried, store(left, flag)));
        }
    }

    private static String store(UidSet uids, String flag) {
        return "UID STORE " + uids.toCommand() + " +FLAGS.SILENT (" + flag + ")";
    }

    /** The search criterion of mails that have not this flag (RFC 3501 section 6.4.4). */
    private static String without(String flag) {
        return flag.startsWith("\\") ? " UN" + flag.substring(1).toUpperCase(Locale.ROOT) : " UNKEYWORD " + flag;
    }

    private Response told(String tried, String command) {
        Response answer = conversation.send(tried, command);
        conversation.require(tried, answer, Reason.PROTOCOL);
        return answer;
    }

    void move(UidSet uids, String folder) {
        for (UidSet step : steps.of(uids)) {
            if (conversation.has("MOVE")) {
                steps.act("moving mails to " + folder, step, "", left -> into(folder, "UID MOVE ", left));
            } else {
                copy(step, folder);
                delete(step);
            }
        }
    }

    /** What a copy left behind cannot be asked for, so then each is copied alone: better twice than not at all. */
    private void copy(UidSet uids, String folder) {
        if (!SmallSteps.isWhole(into(folder, "UID COPY ", uids))) {
            uids.stream().forEach(uid -> into(folder, "UID COPY ", UidSet.range(uid, uid)));
        }
    }

    private Response into(String folder, String command, UidSet uids) {
        String tried = "moving mails to " + folder;
        String line = command + uids.toCommand() + " " + conversation.name(folder);
        Response answer = conversation.send(tried, line);
        if (answer.isNO() && answer.getRest().regionMatches(true, 0, "[TRYCREATE]", 0, 11)) {
            create(folder);
            answer = conversation.send(tried, line);
        }
        conversation.require(tried, answer, Reason.NO_FOLDER);
        return answer;
    }

    private void create(String folder) {
        String tried = "creating the folder " + folder;
        String name = conversation.name(folder);
        conversation.require(tried, conversation.send(tried, "CREATE " + name), Reason.NO_FOLDER);
        // Without a subscription many clients do not show the folder; a server may refuse it and the move still works.
        conversation.send("subscribing to the folder " + folder, "SUBSCRIBE " + name);
    }

    void delete(UidSet uids) {
        for (UidSet step : steps.of(uids)) {
            addFlag(step, "\\Deleted");
            if (conversation.has("UIDPLUS")) {
                String tried = "deleting mails";
                steps.act(tried, step, "", left -> told(tried, "UID EXPUNGE " + left.toCommand()));
            }
        }
    }
}
