package io.mailroutes.bench;

import io.mailroutes.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** How often a program waits for the server: each turn costs a round trip, wherever the server is. */
final class Turns implements Program {
    private static final int POLLS = 5;
    private static final int POLL_MILLIS = 1_000;

    private final MailboxServer server;
    private final Path directory;

    Turns(MailboxServer server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "turns";
    }

    @Override
    public String report() throws Exception {
        TextTable table = new TextTable("program", "mails", "turns", "turns a mail");
        count(table, new Stock(false), MailSet.FEW);
        count(table, new Stock(true), MailSet.FEW);
        for (MailSet set : List.of(MailSet.FEW, MailSet.MIX)) {
            count(table, new RawFetch(), set);
            count(table, new Ours("eml", false), set);
        }
        return "## Round trips\n\nFrom the first connection to the end of the program, login and acknowledgement"
                + " included.\n\n" + table + "\nA poll that finds nothing: " + Numbers.hundredths(idlePoll())
                + " turns, over " + POLLS + " polls.\n";
    }

    private void count(TextTable table, Competitor competitor, MailSet set) {
        try (DelayLine line = new DelayLine(server.port(), Duration.ZERO)) {
            new Contest(server, directory).once(set, line.port(), competitor);
            table.row(
                    competitor.name(),
                    Integer.toString(set.count()),
                    Long.toString(line.turns()),
                    Numbers.thousandths((double) line.turns() / set.count()));
        }
    }

    private double idlePoll() throws IOException {
        try (Scratch scratch = Scratch.below(directory);
                DelayLine line = new DelayLine(server.port(), Duration.ZERO)) {
            server.reset(MailSet.ONE);
            Path out = scratch.directory("out");
            List<String> command = new Ours("eml", false)
                    .forEver(
                            MailSet.ONE.user(),
                            line.port(),
                            server.password(),
                            out,
                            scratch.directory("own"),
                            POLL_MILLIS);
            try (RunningMailroutes program =
                    RunningMailroutes.start(command, scratch.path().resolve("log"))) {
                Await.until("the mail is there", () -> Written.below(out, false).mails() == 1);
                Await.until("the server was told", Duration.ofSeconds(20), quiet(line));
                long before = line.turns();
                long from = System.nanoTime();
                Await.until(
                        "polls",
                        Duration.ofMinutes(1),
                        () -> System.nanoTime() - from
                                > Duration.ofMillis(POLLS * POLL_MILLIS).toNanos());
                Progress.say("idle polls of " + program.threads() + " threads");
                return (double) (line.turns() - before) / POLLS;
            }
        }
    }

    /** Whether the program is through with the mail: some turns after it was written. */
    private static Await.Condition quiet(DelayLine line) {
        long then = line.turns();
        long from = System.nanoTime();
        return () -> line.turns() > then
                && System.nanoTime() - from > Duration.ofMillis(2 * POLL_MILLIS).toNanos();
    }
}
