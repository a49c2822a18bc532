package io.mailroutes.imap;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Collects what SELECT and EXAMINE tell (RFC 9051 section 6.3.2). */
final class FolderState {
    private static final Pattern NUMBER =
            Pattern.compile("\\[(UIDVALIDITY|UIDNEXT) ([0-9]{1,10})]", Pattern.CASE_INSENSITIVE);

    private final String folder;
    private long uidValidity;
    private long uidNext;
    private long exists;

    FolderState(String folder) {
        this.folder = folder;
    }

    void take(IMAPResponse response) {
        if (response.keyEquals("EXISTS")) {
            exists = response.getNumber();
        } else if (response.isOK()) {
            code(response.getRest());
        }
    }

    private void code(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.lookingAt()) {
            return;
        }
        long value = Long.parseLong(matcher.group(2));
        if (matcher.group(1).toUpperCase(Locale.ROOT).equals("UIDNEXT")) {
            uidNext = value;
        } else {
            uidValidity = value;
        }
    }

    /** Empty when the server gave no UIDVALIDITY. */
    Optional<SelectedFolder> selected(Response answer, boolean examined) {
        boolean readOnly = examined || answer.getRest().toUpperCase(Locale.ROOT).startsWith("[READ-ONLY]");
        return uidValidity == 0
                ? Optional.empty()
                : Optional.of(new SelectedFolder(folder, uidValidity, uidNext, exists, readOnly));
    }
}
