package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.Secret;
import io.mailroutes.account.Settings;
import io.mailroutes.account.TokenCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets access tokens from a program's standard output. It is started without a shell, with nothing on its standard
 * input, in the working directory and environment of this process, less the keys of the token store. Only its name is
 * ever shown: arguments may be secrets, and its output is one.
 */
public final class TokenCommandRun {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCommandRun.class);
    /** Time enough to ask a server over a slow line; a program that waits for a person does not belong here. */
    static final Duration LONGEST_RUN = Duration.ofSeconds(30);

    private static final int MOST_OUTPUT = 64 * 1024;
    private static final int MOST_WORDS = 4 * 1024;
    /** Shorter arguments are options and numbers, and hiding them would make the words unreadable. */
    private static final int SHORTEST_SECRET = 6;

    private final String account;
    private final TokenCommand command;
    private final Clock clock;
    private final Duration longestRun;

    public TokenCommandRun(String account, TokenCommand command, Clock clock) {
        this(account, command, clock, LONGEST_RUN);
    }

    TokenCommandRun(String account, TokenCommand command, Clock clock, Duration longestRun) {
        this.account = account;
        this.command = command;
        this.clock = clock;
        this.longestRun = longestRun;
    }

    /**
     * Runs the program once.
     *
     * @throws OAuthException permanent when it cannot be started or prints no token, else transient
     */
    public AccessToken run() throws InterruptedException {
        Attempt attempt = new Attempt(account, "the command " + command.program(), Optional.empty(), secrets());
        LOG.debug("Account {}: running {}", account, command.program());
        Instant startedAt = clock.instant();
        Process process = start(attempt);
        try {
            return new CommandOutput(attempt, startedAt, clock).parse(output(attempt, process));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private List<Secret> secrets() {
        return command.words().stream()
                .skip(1)
                .filter(word -> word.length() >= SHORTEST_SECRET)
                .map(Secret::of)
                .toList();
    }

    private Process start(Attempt attempt) {
        ProcessBuilder builder = new ProcessBuilder(command.words());
        builder.environment().remove(Settings.STORE_KEY_VARIABLE);
        builder.environment().remove(Settings.STORE_KEY_OLD_VARIABLE);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException quoting) {
            throw fail(
                    attempt,
                    new Failure.Unusable(
                            "cannot be started: KEY(command) names a program that is there, executable, and found"
                                    + " in PATH or by its whole path"));
        }
    }

    private byte[] output(Attempt attempt, Process process) throws InterruptedException {
        long deadline = System.nanoTime() + longestRun.toNanos();
        CompletableFuture<byte[]> output = read(process.getInputStream(), MOST_OUTPUT + 1);
        CompletableFuture<byte[]> words = read(process.getErrorStream(), MOST_WORDS);
        try {
            byte[] bytes = output.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (bytes.length > MOST_OUTPUT) {
                throw fail(attempt, new Failure.BadOutput("it printed more than 64 KiB"));
            }
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw tooLong(attempt);
            }
            if (process.exitValue() != 0) {
                byte[] said = words.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                throw exited(attempt, process.exitValue(), new String(said, UTF_8), new String(bytes, UTF_8));
            }
            return bytes;
        } catch (TimeoutException e) {
            throw tooLong(attempt);
        } catch (ExecutionException e) {
            throw fail(attempt, new Failure.NotReady("ended, but its output cannot be read"));
        }
    }

    private OAuthException tooLong(Attempt attempt) {
        return fail(
                attempt,
                new Failure.NotReady("did not end within " + longestRun.toSeconds()
                        + " s and was stopped; does it wait for somebody to type?"));
    }

    /** What it printed is not shown: it may hold half a token. */
    private static OAuthException exited(Attempt attempt, int code, String said, String printed) {
        List<Secret> hidden = new ArrayList<>();
        printed.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_SECRET)
                .forEach(line -> hidden.add(Secret.of(line)));
        Attempt hiding = attempt.alsoHiding(hidden);
        String words = hiding.clean(said).replace("KEY(", "KEY (");
        return fail(
                hiding,
                new Failure.NotReady(
                        "ended with exit code " + code + (words.isEmpty() ? " and no word of why" : ": " + words)));
    }

    private static OAuthException fail(Attempt attempt, Failure failure) {
        return OAuthErrors.classify(attempt, failure);
    }

    /** The rest is read and dropped, or the program would wait for a reader; a cut that matters is seen by its length. */
    private static CompletableFuture<byte[]> read(InputStream in, int most) {
        CompletableFuture<byte[]> result = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (in) {
                        result.complete(in.readNBytes(most));
                        in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        result.completeExceptionally(new UncheckedIOException(e));
                    }
                },
                "token-command");
        reader.setDaemon(true);
        reader.start();
        return result;
    }
}
