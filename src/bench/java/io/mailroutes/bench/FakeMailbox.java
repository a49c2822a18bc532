package io.mailroutes.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an INBOX of so many mails answers, of which the newest alone is unread. Used by one thread for one connection at
 * a time.
 *
 * @param exists how many mails it holds; their UIDs are 1 to this
 */
record FakeMailbox(long exists) {
    static final String GREETING = "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN IDLE UIDPLUS MOVE] bench\r\n";

    private static final String MAIL =
            "From: Ann <ann@example.com>\r\nTo: bob@example.org\r\nSubject: the newest\r\n\r\nText.\r\n";
    private static final String DATE = " INTERNALDATE \"02-Nov-2026 10:00:00 +0000\"";
    private static final Pattern UIDS = Pattern.compile("UID (?:SEARCH|FETCH)(?: UID)? ([\\d,:*]+).*");

    /** The whole answer to one command. @param command without its tag */
    String answer(String tag, String command) {
        String upper = command.toUpperCase(Locale.ROOT);
        if (upper.startsWith("SELECT ") || upper.startsWith("EXAMINE ")) {
            return "* " + exists + " EXISTS\r\n* OK [UIDVALIDITY 1] valid\r\n* OK [UIDNEXT " + (exists + 1)
                    + "] next\r\n" + tag + " OK [READ-WRITE] done\r\n";
        }
        if (upper.startsWith("UID SEARCH")) {
            return "* SEARCH" + (holdsNewest(upper) ? " " + exists : "") + "\r\n" + tag + " OK done\r\n";
        }
        if (upper.startsWith("UID FETCH")) {
            return (holdsNewest(upper) ? fetched(upper) : "") + tag + " OK done\r\n";
        }
        return switch (upper) {
            case "CAPABILITY" -> "* CAPABILITY IMAP4rev1 IDLE UIDPLUS MOVE\r\n" + tag + " OK done\r\n";
            case "IDLE" -> "+ idling\r\n";
            case "LOGOUT" -> "* BYE bye\r\n" + tag + " OK done\r\n";
            default -> tag + " OK done\r\n";
        };
    }

    private boolean holdsNewest(String command) {
        Matcher uids = UIDS.matcher(command);
        if (exists == 0 || !uids.matches()) {
            return exists > 0;
        }
        for (String range : uids.group(1).split(",", -1)) {
            String[] ends = range.split(":", -1);
            if (number(ends[0]) <= exists && number(ends[ends.length - 1]) >= exists) {
                return true;
            }
        }
        return false;
    }

    private long number(String uid) {
        return uid.equals("*") ? exists : Long.parseLong(uid);
    }

    private String fetched(String command) {
        int length = MAIL.getBytes(StandardCharsets.US_ASCII).length;
        String body = command.contains("BODY") ? " BODY[] {" + length + "}\r\n" + MAIL : "";
        return "* " + exists + " FETCH (UID " + exists + " FLAGS () RFC822.SIZE " + length + DATE + body + ")\r\n";
    }
}
