package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Another process on the store of a test, and the handle that the test has on it. */
final class KeyRotationChild implements AutoCloseable {
    private static final String THERE = "there";
    private static final long PAUSE_NANOS = 1_000_000;
    private final Process process;
    private final BufferedReader out;

    private KeyRotationChild(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** @param what {@code save}, {@code rotate} for ever, or after how many steps of one rotation to stand still */
    static KeyRotationChild start(Path directory, String what) throws IOException {
        return new KeyRotationChild(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KeyRotationChild.class.getName(),
                        directory.toString(),
                        what)
                .redirectErrorStream(true)
                .start());
    }

    /** Waits until it is where it was to go. */
    void await() throws IOException {
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); !THERE.equals(line); line = out.readLine()) {
            if (line == null) {
                throw new AssertionError("the other process has ended: " + said);
            }
            said.append(line).append('\n');
        }
    }

    /** Its last line, after it has ended by itself. */
    String end() throws IOException, InterruptedException {
        String last = out.lines().reduce("", (before, line) -> line);
        if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("the other process failed: " + last);
        }
        return last;
    }

    /** SIGKILL, after a while. */
    void killAfter(long micros) throws InterruptedException {
        if (process.waitFor(micros, TimeUnit.MICROSECONDS)) {
            throw new AssertionError("the other process has ended by itself");
        }
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        StoreKeys keys = StoreKeys.inFile(directory.resolve("store.key"), Optional.empty());
        try (Store store = Store.open(directory.resolve("data"), "", Clock.systemUTC())) {
            switch (arguments[1]) {
                case "save" -> saveUntilToldToStop(directory, new SealedTokens(store, keys));
                case "rotate" -> rotateForEver(new KeyRotation(store, keys));
                default -> standStillAfter(Integer.parseInt(arguments[1]), store, keys);
            }
        }
    }

    /** Each save is checked by the next round; one account is forgotten now and then. */
    private static void saveUntilToldToStop(Path directory, SealedTokens tokens) {
        int round = 0;
        tokens.save("a", text(0), Instant.EPOCH);
        say(THERE);
        while (!Files.exists(directory.resolve("stop"))) {
            byte[] last = tokens.load("a").orElseThrow();
            if (!new String(last, UTF_8).equals(Integer.toString(round))) {
                throw new IllegalStateException("save " + round + " is lost, there is " + new String(last, UTF_8));
            }
            round++;
            tokens.save("a", text(round), Instant.EPOCH);
            if (round % 7 == 0) {
                tokens.delete("b");
            }
            tokens.save("b", text(round), Instant.EPOCH);
            LockSupport.parkNanos(PAUSE_NANOS); // SQLite's waiting is not fair: the rotation has to get its turn.
        }
        say(Integer.toString(round));
    }

    private static byte[] text(int number) {
        return Integer.toString(number).getBytes(UTF_8);
    }

    private static void rotateForEver(KeyRotation rotation) {
        rotation.run();
        say(THERE);
        while (true) {
            rotation.run();
        }
    }

    private static void standStillAfter(int steps, Store store, StoreKeys keys) throws InterruptedException {
        KeyRotation rotation = new KeyRotation(store, keys);
        KeyFile file = keys.file().orElseThrow();
        List<Runnable> all = List.of(() -> rotation.begin(file), rotation::sealAgain, () -> rotation.finish(file));
        all.subList(0, steps).forEach(Runnable::run);
        say(THERE);
        new CountDownLatch(1).await();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
