package io.mailroutes.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Programs that fetch the same mailbox, run in turns. */
final class Contest {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** The kernel gives files the time of its last tick, in seconds. */
    private static final double CLOCK_TICK = 0.004;

    private final MailboxServer server;
    private final Path directory;

    /** @param directory for what the programs write, each time anew */
    Contest(MailboxServer server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /**
     * A program and how often it runs.
     *
     * @param runs fewer than those of the others for a program that takes very long
     */
    record Entry(Competitor competitor, int runs) {}

    /** The medians, in the order of the entries. @param port of the server or of what stands before it */
    Map<Competitor, Sample> hold(MailSet set, int port, List<Entry> entries) {
        Map<Competitor, List<Sample>> samples = new LinkedHashMap<>();
        entries.forEach(entry -> samples.put(entry.competitor(), new ArrayList<>()));
        int rounds = entries.stream().mapToInt(Entry::runs).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (Entry entry : entries) {
                if (round < entry.runs()) {
                    samples.get(entry.competitor()).add(once(set, port, entry.competitor()));
                }
            }
        }
        Map<Competitor, Sample> medians = new LinkedHashMap<>();
        samples.forEach((competitor, all) -> medians.put(competitor, Sample.median(all)));
        return medians;
    }

    /** @throws BenchFailure when not every mail was written */
    Sample once(MailSet set, int port, Competitor competitor) {
        server.reset(set);
        Path out = directory.resolve("out");
        Path scratch = directory.resolve("scratch");
        try {
            Files.createDirectories(out);
            Files.createDirectories(scratch);
            List<String> command = competitor.command(new Task(set, port, server.password(), out, scratch));
            MeasuredRun.Costs costs = new MeasuredRun(scratch, server).run(command, LIMIT);
            Sample sample = sample(competitor, set, costs, Written.below(out, competitor.splitsMails()));
            Progress.say(set + ": " + competitor.name() + ": " + sample.text());
            return sample;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        } finally {
            Written.delete(out);
            Written.delete(scratch);
        }
    }

    private static Sample sample(Competitor competitor, MailSet set, MeasuredRun.Costs costs, Written written) {
        if (written.mails() != set.count()) {
            throw new BenchFailure(competitor.name() + " wrote " + written.mails() + " mails of " + set.count());
        }
        Instant login = costs.login().orElse(written.first());
        return new Sample(
                Clocks.seconds(costs.started(), costs.ended()),
                Clocks.seconds(costs.started(), written.first()),
                Math.max(CLOCK_TICK, Clocks.seconds(login, written.last())),
                costs.cpu(),
                costs.peak());
    }
}
