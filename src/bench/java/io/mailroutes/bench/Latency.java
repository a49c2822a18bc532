package io.mailroutes.bench;

import io.mailroutes.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * From the APPEND of a mail to its file, beside a bare client in IDLE in the same run: Dovecot holds notifications back
 * for half a second, which says nothing about either.
 */
final class Latency implements Program {
    private static final String USER = "latency@example.com";

    /** No poll comes in between when mail is pushed; without push a poll is all there is. */
    private static final int DELAY_WITH_IDLE = 600_000;

    private static final int DELAY_WITHOUT_IDLE = 1_000;
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();
    private static final long LIMIT_NANOS = Duration.ofSeconds(20).toNanos();

    private final int mails;
    private final MailboxServer server;
    private final Path directory;

    Latency(BenchOptions options, MailboxServer server, Path directory) {
        this.mails = options.quick() ? 15 : 60;
        this.server = server;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String report() throws Exception {
        boolean idle = knowsIdle();
        server.dovecot().append(USER, MailboxServer.INBOX, mail(0));
        try (Scratch scratch = Scratch.below(directory)) {
            Path out = scratch.directory("out");
            int delay = idle ? DELAY_WITH_IDLE : DELAY_WITHOUT_IDLE;
            List<String> command = new Ours("eml", false)
                    .forEver(USER, server.port(), server.password(), out, scratch.directory("own"), delay);
            try (RunningMailroutes program =
                            RunningMailroutes.start(command, scratch.path().resolve("log"));
                    IdleWatch bare = IdleWatch.start(server.dovecot().connect(USER))) {
                Await.until("the first mail", () -> files(out) == 1);
                pause(Duration.ofSeconds(3)); // it enters IDLE after the acknowledgement
                Progress.say("latency, " + program.threads() + " threads");
                return "## New mail\n\n" + (idle ? "By IDLE" : "By a poll every " + delay + " ms: no IDLE yet")
                        + "; milliseconds from APPEND, " + mails + " mails.\n\n" + table(measure(out, bare));
            }
        }
    }

    private List<long[]> measure(Path out, IdleWatch bare) throws IOException {
        List<long[]> latencies = new ArrayList<>();
        Random random = new Random(mails);
        for (int number = 2; number <= mails + 1; number++) {
            pause(Duration.ofMillis(600 + random.nextInt(500)));
            byte[] mail = mail(number);
            long from = System.nanoTime();
            server.dovecot().append(USER, MailboxServer.INBOX, mail);
            long[] seen = {0, 0};
            while (seen[0] == 0 || seen[1] == 0) {
                seen[0] = seen[0] == 0 ? bare.seenAt(number) : seen[0];
                seen[1] = seen[1] == 0 && files(out) >= number ? System.nanoTime() : seen[1];
                if (System.nanoTime() - from > LIMIT_NANOS) {
                    throw new BenchFailure("mail " + number + " did not come: IDLE, file " + Arrays.toString(seen));
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            latencies.add(new long[] {seen[0] - from, seen[1] - from});
        }
        return latencies;
    }

    private static String table(List<long[]> latencies) {
        TextTable table = new TextTable("program", "p50 ms", "p99 ms");
        table.row("bare IDLE client", percentile(latencies, 0, 50), percentile(latencies, 0, 99));
        table.row("mailroutes, eml", percentile(latencies, 1, 50), percentile(latencies, 1, 99));
        return table.toString();
    }

    private static String percentile(List<long[]> latencies, int which, int percent) {
        long[] sorted =
                latencies.stream().mapToLong(pair -> pair[which]).sorted().toArray();
        int at = (int) Math.ceil(percent / 100.0 * sorted.length) - 1;
        return Numbers.whole(sorted[at] / 1e6);
    }

    /** Whether the component of this build can wait for new mail. */
    private static boolean knowsIdle() throws IOException {
        String catalog = "META-INF/io/mailroutes/camel/mailbox.json";
        try (InputStream in = Latency.class.getClassLoader().getResourceAsStream(catalog)) {
            return in != null && new String(in.readAllBytes(), StandardCharsets.UTF_8).contains("\"idle\"");
        }
    }

    /** By their names alone: what is still written aside is gone before its attributes could be read. */
    private static long files(Path out) throws IOException {
        Path folder = out.resolve("box").resolve("INBOX");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        long files = 0;
        try (DirectoryStream<Path> mails = Files.newDirectoryStream(folder, "[0-9]*.eml")) {
            for (Path ignored : mails) {
                files++;
            }
        }
        return files;
    }

    private static byte[] mail(int number) {
        return ("From: ann@example.com\r\nSubject: " + number + "\r\n\r\nText.\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void pause(Duration length) {
        long until = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
