package io.mailroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** isync's mbsync, a synchronizer in C that pipelines its commands; into a Maildir, without waiting for the disk. */
final class Mbsync implements Competitor {
    static final Path BINARY = Path.of("/usr/bin/mbsync");

    private static final String CONFIGURATION = """
            FSync no
            IMAPAccount box
            Host 127.0.0.1
            Port @PORT@
            User @USER@
            Pass @PASSWORD@
            SSLType None
            AuthMechs LOGIN
            IMAPStore far
            Account box
            MaildirStore near
            Path @OUT@/
            Inbox @OUT@/INBOX
            SubFolders Verbatim
            Channel box
            Far :far:
            Near :near:
            Patterns INBOX
            Sync Pull New
            Create Near
            SyncState *
            """;

    @Override
    public String name() {
        return "mbsync, fsync off";
    }

    @Override
    public List<String> command(Task task) throws IOException {
        String text = CONFIGURATION
                .replace("@PORT@", Integer.toString(task.port()))
                .replace("@USER@", task.user())
                .replace("@PASSWORD@", task.password())
                .replace("@OUT@", task.out().toString())
                // A blank line ends a section.
                .replace("\nIMAPStore", "\n\nIMAPStore")
                .replace("\nIMAPAccount", "\n\nIMAPAccount")
                .replace("\nMaildirStore", "\n\nMaildirStore")
                .replace("\nChannel", "\n\nChannel");
        Path file = Files.writeString(task.scratch().resolve("mbsyncrc"), text);
        return List.of(BINARY.toString(), "-q", "-c", file.toString(), "box");
    }
}
