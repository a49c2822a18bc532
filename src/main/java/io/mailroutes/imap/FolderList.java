package io.mailroutes.imap;

import io.mailroutes.imap.PermanentImapException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.ListInfo;

/** Finds folders by what they are for. */
record FolderList(Conversation conversation) {
    private static final String TRIED = "listing folders";

    /** With a limit to what a server can make us hold. */
    private static final int MOST = 1_000;

    List<String> of(SpecialUse use) {
        List<String> found = new ArrayList<>();
        conversation.require(
                TRIED,
                conversation.send(TRIED, command(), Conversation.RESPONSE_LIMIT, null, line -> take(line, use, found)),
                Reason.PROTOCOL);
        return found;
    }

    /** Gmail and Exchange tell the use in a plain LIST too; others want to be asked (RFC 6154 section 2). */
    private String command() {
        if (conversation.has("SPECIAL-USE")) {
            return "LIST \"\" \"*\"" + (conversation.has("LIST-EXTENDED") ? " RETURN (SPECIAL-USE)" : "");
        }
        return (conversation.has("XLIST") ? "XLIST" : "LIST") + " \"\" \"*\"";
    }

    private static void take(IMAPResponse line, SpecialUse use, List<String> found) throws ProtocolException {
        if (!line.keyEquals("LIST") && !line.keyEquals("XLIST")) {
            return;
        }
        ListInfo folder = new ListInfo(line);
        if (folder.canOpen && folder.attrs != null && use.isAmong(folder.attrs) && found.size() < MOST) {
            found.add(folder.name);
        }
    }
}
