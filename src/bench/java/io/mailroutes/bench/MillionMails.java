package io.mailroutes.bench;

import io.mailroutes.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A folder of a million mails with one that is new, beside a folder that has that one alone. */
final class MillionMails implements Program {
    private final Path directory;

    MillionMails(Path directory) {
        this.directory = directory;
    }

    @Override
    public String name() {
        return "million";
    }

    @Override
    public String report() throws IOException {
        TextTable table = new TextTable("mails in the folder", "commands", "first mail s", "CPU s", "resident MB");
        measure(table, 1);
        measure(table, 1_000_000);
        return "## A folder of a million mails, one of them new\n\nCommands of the first connection, login"
                + " included, until the mail is written and acknowledged.\n\n" + table;
    }

    private void measure(TextTable table, long mails) throws IOException {
        try (Scratch scratch = Scratch.below(directory);
                FakeImapServer server = new FakeImapServer(new FakeMailbox(mails))) {
            Path out = scratch.directory("out");
            List<String> command = new Ours("eml", false)
                    .forEver("one@example.com", server.port(), "none", out, scratch.directory("own"), 600_000);
            long from = System.nanoTime();
            try (RunningMailroutes program =
                    RunningMailroutes.start(command, scratch.path().resolve("log"))) {
                Await.until(
                        "the mail is written", () -> Written.below(out, false).mails() == 1);
                double first = (System.nanoTime() - from) / 1e9;
                Await.until("it is acknowledged", () -> acknowledged(server) > 0);
                table.row(
                        Long.toString(mails),
                        Integer.toString(acknowledged(server)),
                        Numbers.hundredths(first),
                        Numbers.hundredths(program.cpu()),
                        Numbers.megabytes(program.resident()));
            }
        }
    }

    /** How many commands it took until the acknowledgement, that one included; 0 before it. */
    private static int acknowledged(FakeImapServer server) {
        List<String> commands = server.commands();
        return 1
                + IntStream.range(0, commands.size())
                        .filter(index -> commands.get(index).startsWith("UID STORE"))
                        .findFirst()
                        .orElse(-1);
    }
}
