package io.mailroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the start of the process to the first mail in a file. */
final class Start implements Program {
    private final BenchOptions options;
    private final MailboxServer server;
    private final Path directory;

    Start(BenchOptions options, MailboxServer server, Path directory) {
        this.options = options;
        this.server = server;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String report() throws IOException {
        Contest contest = new Contest(server, directory);
        Competitor ours = new Ours("eml", false);
        Path archive = directory.resolve("classes.jsa");
        contest.once(MailSet.ONE, server.port(), new WithOption(ours, "-XX:ArchiveClassesAtExit=" + archive));
        Competitor archived = new WithOption(ours, "-XX:SharedArchiveFile=" + archive);
        List<Contest.Entry> entries = new ArrayList<>();
        for (Competitor competitor : List.of(new RawFetch(), new Stock(false), ours, archived)) {
            entries.add(new Contest.Entry(competitor, options.runs()));
        }
        options.java25()
                .map(home -> new OnJava(ours, home.resolve("bin").resolve("java")))
                .ifPresentOrElse(
                        later -> entries.add(new Contest.Entry(later, options.runs())),
                        () -> Progress.say("bench.java25 does not name a JDK 25, so it is left out"));
        TextTable table = new TextTable("program", "first mail s", "whole s", "CPU s", "peak MB");
        for (Map.Entry<Competitor, Sample> entry :
                contest.hold(MailSet.ONE, server.port(), entries).entrySet()) {
            table.row(
                    name(entry.getKey(), archived),
                    Numbers.hundredths(entry.getValue().first()),
                    Numbers.hundredths(entry.getValue().wall()),
                    Numbers.hundredths(entry.getValue().cpu()),
                    Numbers.megabytes(entry.getValue().peak()));
        }
        Files.deleteIfExists(archive);
        return "## Start to first mail\n\n" + table;
    }

    private static String name(Competitor competitor, Competitor archived) {
        return competitor.equals(archived)
                ? "mailroutes, eml, by its launcher (class-data archive)"
                : competitor.name();
    }
}
