package io.mailroutes.bench;

import java.nio.file.Path;
import java.util.List;

/** What large mails cost in memory. */
final class Memory implements Program {
    private final MailboxServer server;
    private final Path directory;

    Memory(MailboxServer server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String report() {
        TextTable table = new TextTable("program", "mails", "heap", "fetching s", "CPU s", "peak MB");
        for (Competitor competitor :
                List.of(new RawFetch(), new Stock(false), new Ours("eml", false), new Ours("parts", false))) {
            measure(table, MailSet.LARGE, competitor, "-Xmx256m");
        }
        for (Competitor competitor :
                List.of(new RawFetch(), new Stock(false), new Ours("eml", false), new Ours("parts", false))) {
            measure(table, MailSet.HUGE, competitor, "-Xmx128m");
        }
        return "## Memory\n\n" + table;
    }

    private void measure(TextTable table, MailSet set, Competitor competitor, String heap) {
        String mails = set.count() + " x " + set.megabytes() + " MB";
        try {
            Sample sample = new Contest(server, directory).once(set, server.port(), new WithOption(competitor, heap));
            table.row(
                    competitor.name(),
                    mails,
                    heap,
                    Numbers.hundredths(sample.fetching()),
                    Numbers.hundredths(sample.cpu()),
                    Numbers.megabytes(sample.peak()));
        } catch (BenchFailure failure) {
            Progress.say(competitor.name() + ": " + failure.getMessage());
            table.row(competitor.name(), mails, heap, "failed", "-", "-");
        }
    }
}
