package io.mailroutes.imap;

import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;

/** A folder's name as a command takes it: modified UTF-7 (RFC 3501 section 5.1.3) in a quoted string. */
final class FolderName {
    private FolderName() {}

    /** @throws IllegalArgumentException when the name holds a control character, which could end the command */
    static String quoted(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
            throw new IllegalArgumentException("a folder name is not empty and has no control characters");
        }
        String ascii = BASE64MailboxEncoder.encode(name);
        return "\"" + ascii.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
