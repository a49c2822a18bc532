package io.mailroutes.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How fast whole mailboxes are fetched, at several round-trip times. */
final class Throughput implements Program {
    private static final Competitor STOCK_RAW = new Stock(false);
    private static final Competitor STOCK_PARTS = new Stock(true);
    private static final Competitor RAW = new RawFetch();
    private static final List<Competitor> OURS = List.of(new Ours("eml", false), new Ours("eml", true));
    private static final Competitor OUR_PARTS = new Ours("parts", false);

    private final String name;
    private final String title;
    private final List<Distance> comparisons;
    private final BenchOptions options;
    private final MailboxServer server;
    private final Path directory;

    private Throughput(
            String name,
            String title,
            List<Distance> comparisons,
            BenchOptions options,
            MailboxServer server,
            Path directory) {
        this.name = name;
        this.title = title;
        this.comparisons = comparisons;
        this.options = options;
        this.server = server;
        this.directory = directory;
    }

    /** Beside the server. */
    static Throughput near(BenchOptions options, MailboxServer server, Path directory) {
        List<Distance> near = List.of(new Distance(MailSet.MIX, 0), new Distance(MailSet.SMALL, 0));
        return new Throughput("throughput", "Beside the server", near, options, server, directory);
    }

    /** With round trips that take time. */
    static Throughput far(BenchOptions options, MailboxServer server, Path directory) {
        List<Distance> far = List.of(
                new Distance(MailSet.FEW, 50),
                new Distance(MailSet.FEW, 20),
                new Distance(MailSet.MIX, 50),
                new Distance(MailSet.SMALL, 50));
        List<Distance> some = options.quick() ? List.of(new Distance(MailSet.FEWER, 50)) : far;
        return new Throughput("distance", "Far away", some, options, server, directory);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String report() {
        StringBuilder text = new StringBuilder("## " + title + "\n\n");
        Map<Competitor, Sample> startUps =
                new Contest(server, directory).hold(MailSet.ONE, server.port(), entries(MailSet.ONE, 0));
        comparisons.forEach(comparison -> text.append(section(comparison, startUps)));
        return text.toString();
    }

    private String section(Distance distance, Map<Competitor, Sample> startUps) {
        MailSet set = distance.set();
        List<Contest.Entry> entries = entries(set, distance.roundTripMillis());
        Contest contest = new Contest(server, directory);
        String head = "### " + set + ", " + set.count() + " mails, " + distance.roundTripMillis() + " ms\n\n";
        if (distance.roundTripMillis() == 0) {
            return head + table(set, contest.hold(set, server.port(), entries), startUps);
        }
        try (DelayLine line = new DelayLine(server.port(), Duration.ofMillis(distance.roundTripMillis()))) {
            return head + table(set, contest.hold(set, line.port(), entries), startUps);
        }
    }

    private List<Contest.Entry> entries(MailSet set, int roundTripMillis) {
        List<Contest.Entry> entries = new ArrayList<>();
        boolean far = roundTripMillis > 0;
        boolean hours = far && set.count() > MailSet.FEW.count();
        int slow = far || set == MailSet.SMALL ? 1 : options.runs();
        if (!hours) {
            entries.add(new Contest.Entry(STOCK_RAW, slow));
        }
        if (!hours && set != MailSet.SMALL) {
            entries.add(new Contest.Entry(STOCK_PARTS, slow));
        }
        entries.add(new Contest.Entry(RAW, options.runs()));
        if (Files.isExecutable(Mbsync.BINARY)) {
            entries.add(new Contest.Entry(new Mbsync(), options.runs()));
        } else {
            Progress.say("no mbsync at " + Mbsync.BINARY + " (Debian: apt-get install isync), so it is left out");
        }
        OURS.forEach(ours -> entries.add(new Contest.Entry(ours, options.runs())));
        entries.add(new Contest.Entry(OUR_PARTS, options.runs()));
        return entries.stream()
                .filter(entry -> entry.competitor().name().contains(options.program()))
                .toList();
    }

    private static String table(MailSet set, Map<Competitor, Sample> medians, Map<Competitor, Sample> startUps) {
        TextTable table = new TextTable(
                "program",
                "whole s",
                "first s",
                "fetching s",
                "mail/s",
                "CPU s",
                "CPU net s",
                "peak MB",
                "x stock",
                "x raw");
        medians.forEach((competitor, sample) -> table.row(
                competitor.name(),
                Numbers.hundredths(sample.wall()),
                Numbers.hundredths(sample.first()),
                Numbers.hundredths(sample.fetching()),
                Numbers.whole(set.count() / sample.fetching()),
                Numbers.hundredths(sample.cpu()),
                net(sample, startUps.get(competitor)),
                Numbers.megabytes(sample.peak()),
                ratio(medians.get(competitor.splitsMails() ? STOCK_PARTS : STOCK_RAW), sample),
                ratio(medians.get(RAW), sample)));
        return table + "\n";
    }

    private static String net(Sample sample, @Nullable Sample startUp) {
        return startUp == null ? "-" : Numbers.hundredths(Math.max(0, sample.cpu() - startUp.cpu()));
    }

    private static String ratio(@Nullable Sample of, Sample sample) {
        return of == null ? "-" : Numbers.hundredths(of.fetching() / sample.fetching());
    }
}
