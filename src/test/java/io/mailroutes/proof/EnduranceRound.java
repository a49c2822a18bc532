package io.mailroutes.proof;

import io.mailroutes.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One mailbox of its own and all that goes wrong with it at the same time: kills, cuts, tokens that end, and another
 * client. A round is wholly random, but for what its number decides.
 */
final class EnduranceRound {
    static final String DONE = "Done";

    private static final List<String> ON_DELIVERED = List.of("seen", "move:" + DONE, "delete");
    private static final int KILLS = 4;
    private static final int MOST_MAILS = 200;

    /** The contract says 10 s; here the machine has other rounds to play. */
    private static final Duration AT_MOST = Duration.ofSeconds(20);

    /** A process that was killed while it asked for a token leaves a lease, for which the next one waits. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final MailWorld world;
    private final int number;
    private final Random random;
    private final String user;
    private final Path directory;
    private final Map<String, MarkedMail> appended = new ConcurrentHashMap<>();
    private final List<Long> kills = new ArrayList<>();
    private volatile boolean quiet;

    EnduranceRound(MailWorld world, int number, long seed, Path directory) {
        this.world = world;
        this.number = number;
        this.random = new Random(seed + number);
        this.user = "round" + number + "@example.com";
        this.directory = directory;
    }

    String onDelivered() {
        return ON_DELIVERED.get(number % ON_DELIVERED.size());
    }

    int concurrency() {
        return number % 2 == 0 ? 1 : 3;
    }

    int maximumAttempts() {
        return number % 5 == 4 ? 2 : 1;
    }

    /** Whether access tokens come from a refresh token, which is another one after each use. */
    boolean refreshes() {
        return number % 4 > 1;
    }

    int number() {
        return number;
    }

    String user() {
        return user;
    }

    Map<String, MarkedMail> appended() {
        return appended;
    }

    /** When the program was killed, or asked to end, by {@link System#nanoTime}. */
    List<Long> kills() {
        return kills;
    }

    EnduranceCounts run() throws IOException {
        Files.createDirectories(directory);
        long began = System.nanoTime();
        try (CuttingProxy proxy = new CuttingProxy(world.dovecot().port(), new Random(random.nextLong()))) {
            OtherClient other = new OtherClient(world.dovecot(), proxy, user, new Random(random.nextLong()));
            Program program = program(proxy);
            trouble(program, other);
            int amidst = EnduranceCheck.deliveries(words());
            proxy.calm();
            RunningProgram last = once(program);
            EnduranceCheck check = new EnduranceCheck(this, world, program, proxy, other.journal());
            if (last.exitCode() > 1) {
                throw new AssertionError("the last run ended with " + last.exitCode() + ":\n" + last.words());
            }
            EnduranceCounts counts = check.counts(amidst, Duration.ofNanos(System.nanoTime() - began));
            forget(program.out());
            return counts;
        }
    }

    /** Sixty rounds are gigabytes. */
    private static void forget(Path out) throws IOException {
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Run by cron, it would be the next run that has the patience for a lease. */
    private static RunningProgram once(Program program) {
        RunningProgram last = program.once();
        return last.exitCode() == 4 ? program.once() : last;
    }

    private Program program(CuttingProxy proxy) {
        Program program = world.program(directory, user, proxy.port())
                .route(Routes.mailbox(
                                "onDelivered: " + onDelivered(),
                                "concurrency: " + concurrency(),
                                "maximumAttempts: " + maximumAttempts())
                        + "      - filter:\n"
                        + "          simple: \"${header.MailSubject} contains '" + MarkedMail.FAILS + "'\"\n"
                        + "          steps: [ { throwException: { exceptionType: java.lang.IllegalStateException,"
                        + " message: no } } ]\n"
                        + Routes.FILES
                        + "      - log: \"DELIVERED ${header.MailKey} ${header.MailMessageId}\"\n"
                        // Between the sink and the ledger: a kill here means another delivery, with the same key.
                        + "      - delay: { expression: { simple: \"${random(50)}\" } }\n");
        return refreshes()
                ? program.account("grant", "refresh-token")
                        .account("refresh-token", world.authorization().newRefreshToken(MailWorld.clientOf(user)))
                : program;
    }

    private void trouble(Program program, OtherClient other) throws IOException {
        Random appending = new Random(random.nextLong());
        world.dovecot().append(user, OtherClient.ELSEWHERE, MailWorld.mail("first", "so that the folder is there"));
        world.dovecot().deliverMany(user, MailWorld.INBOX, Stream.of(next(appending), next(appending)));
        List<Throwable> failures = new ArrayList<>();
        Thread.UncaughtExceptionHandler handler = (thread, failure) -> failures.add(failure);
        Thread appender = new Thread(() -> append(appending));
        Thread client = new Thread(other);
        Stream.of(appender, client).forEach(thread -> thread.setUncaughtExceptionHandler(handler));
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                live(program, kill == 0 ? List.of(appender, client) : List.of());
            }
        } finally {
            quiet = true;
            other.stop();
            Await.until("appending and the other client end", () -> !appender.isAlive() && !client.isAlive());
        }
        failures.forEach(failure -> {
            throw new AssertionError("round " + number + ": " + failure.getMessage(), failure);
        });
    }

    /** One life of the program. The first one has to come so far that the folder is known: what is read before does not count. */
    private void live(Program program, List<Thread> toStart) {
        try (RunningProgram running = program.start()) {
            int kind = random.nextInt(6);
            // Later, one in six is killed while it starts, half of them amidst deliveries, the others some time later.
            if (!toStart.isEmpty() || kind > 0) {
                running.awaitThat("it reads", LEASE, () -> running.words().contains("LIVE: reading"));
            }
            toStart.forEach(Thread::start);
            if (kind > 2) {
                awaitDeliveries(running, 1 + random.nextInt(20));
                pause(random.nextInt(100));
            } else {
                pause(random.nextInt(3_000));
            }
            kills.add(System.nanoTime());
            end(running);
        }
    }

    /** One in five is asked to end. */
    private void end(RunningProgram running) {
        if (random.nextInt(5) > 0) {
            running.kill();
        } else {
            running.terminate();
            running.await(AT_MOST);
        }
    }

    /** Or until so much time has passed that there may be none. */
    private void awaitDeliveries(RunningProgram running, int count) {
        for (int look = 0; look < 150 && EnduranceCheck.deliveries(running.words()) < count; look++) {
            pause(20);
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    private void append(Random appending) {
        while (!quiet && appended.size() < MOST_MAILS) {
            int burst = appending.nextInt(4) == 0 ? 1 + appending.nextInt(12) : 1;
            world.dovecot()
                    .deliverMany(
                            user,
                            MailWorld.INBOX,
                            Stream.generate(() -> next(appending)).limit(burst));
            pause(appending.nextInt(150));
        }
    }

    private byte[] next(Random appending) {
        MarkedMail mail = MarkedMail.random("r" + number + "-" + appended.size(), appending);
        appended.put(mail.messageId(), mail);
        return mail.raw();
    }

    /** All that the program has said, in all its lives. */
    String words() {
        try (Stream<Path> files = Files.list(directory)) {
            StringBuilder words = new StringBuilder();
            for (Path file : files.filter(file -> file.toString().endsWith(".err"))
                    .sorted()
                    .toList()) {
                words.append("--- ").append(file.getFileName()).append('\n').append(Files.readString(file));
            }
            return words.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
