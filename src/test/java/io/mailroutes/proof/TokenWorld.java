package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.OAuthBehaviour.Rotation;
import io.mailroutes.store.Store;
import io.mailroutes.testing.ChildProcess;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.token.StoredTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** An authorization server in this process, and processes beside it that share one store. */
final class TokenWorld implements AutoCloseable {
    /** Not a line of the log. */
    private static final Pattern ANSWER = Pattern.compile("TOKEN |NEEDS_LOGIN |LATER ");

    private final FakeAuthorizationServer server;
    private final Path directory;
    private final String consent;
    private int children;

    TokenWorld(Path directory, Rotation rotation) {
        this.directory = directory;
        this.server = new FakeAuthorizationServer(Clock.systemUTC())
                .client("app", "s3cret", "joe@example.com")
                .rotation(rotation);
        this.consent = server.newRefreshToken("app");
    }

    FakeAuthorizationServer server() {
        return server;
    }

    /** What is stored, as another process finds it. */
    Optional<StoredTokens> stored() {
        try (Store store = Store.open(directory.resolve("data"), "", Clock.systemUTC())) {
            return TokenAsker.storage(store, Clock.systemUTC()).tokens().load(TokenAsker.ACCOUNT);
        }
    }

    /** Asks several times, in a process whose clock is ahead. */
    List<String> ask(int times, int ahead) throws IOException, InterruptedException {
        ChildProcess child = ChildProcess.run(directory, Map.of(), command(ahead, "ask", times));
        assertThat(child.exitCode()).as(child.err()).isZero();
        return child.out()
                .lines()
                .filter(line -> ANSWER.matcher(line).lookingAt())
                .toList();
    }

    /** A process that ends by itself at that point. */
    void endAt(KillPoint point, int ahead) throws IOException, InterruptedException {
        ChildProcess child = ChildProcess.run(directory, Map.of(), command(ahead, point.name(), 1));
        assertThat(child.exitCode()).as(child.out() + child.err()).isEqualTo(137);
    }

    /** A process that goes on beside this one. */
    Running start(int ahead, String what, int count) {
        try {
            Path out = directory.resolve("child-" + ++children + ".out");
            Process process = new ProcessBuilder(command(ahead, what, count))
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("child.err").toFile()))
                    .start();
            return new Running(process, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process, and what it has written. */
    record Running(Process process, Path out) implements AutoCloseable {
        List<String> lines() {
            try {
                return Files.readAllLines(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** SIGKILL, and gone. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private List<String> command(int ahead, String what, int count) {
        return List.of(
                ChildProcess.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx96m",
                "-cp",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                TokenAsker.class.getName(),
                directory.resolve("data").toString(),
                server.tokenEndpoint().toString(),
                consent,
                String.valueOf(ahead),
                what,
                String.valueOf(count));
    }

    @Override
    public void close() {
        server.close();
    }
}
