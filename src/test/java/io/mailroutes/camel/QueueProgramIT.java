package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.camel.queue.QueueHost;
import io.mailroutes.camel.queue.QueueHost.Received;
import io.mailroutes.sandbox.SandboxMailServer;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.ChildProcess;
import io.mailroutes.testing.FakeAuthorizationServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code target/mailroutes.jar} alone, with a route into its embedded broker, killed and started again. */
@Timeout(180)
class QueueProgramIT {
    private static final int MAILS = 300;

    @TempDir
    Path directory;

    private final SandboxMailServer server = MailboxHost.server();
    private final FakeAuthorizationServer authorization = new FakeAuthorizationServer(Clock.systemUTC());
    private int port;

    @BeforeEach
    void configure() throws IOException {
        Files.copy(Path.of("target", "mailroutes.jar"), directory.resolve("mailroutes.jar"));
        authorization.client("app", "s3cret", MailboxHost.USER);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(
                directory.resolve("app.properties"),
                Stream.of(
                                "user=" + MailboxHost.USER,
                                "grant=client-credentials",
                                "token-endpoint=" + authorization.tokenEndpoint(),
                                "client-id=app",
                                "client-secret=s3cret",
                                "host=127.0.0.1",
                                "port=" + server.imapPort(),
                                "security=none")
                        .map(line -> "mailroutes.accounts.box." + line + "\n")
                        .reduce("mailroutes.queue.listen=127.0.0.1:" + port + "\n", String::concat));
    }

    @AfterEach
    void stop() {
        server.close();
        authorization.close();
    }

    private Process start(String sink, String... more) throws IOException {
        Files.writeString(directory.resolve("route.camel.yaml"), """
                - route:
                    id: proof
                    from:
                      uri: mailbox:box
                      steps:
                        - to: "%s"
                """.formatted(sink));
        List<String> command = new ArrayList<>(List.of(ChildProcess.java()));
        command.addAll(List.of("-Xlog:class+load:file=classes.log", "-jar", "mailroutes.jar", "run"));
        command.addAll(List.of("--config", "app.properties", "--data", "data"));
        command.addAll(List.of(more));
        command.add("route.camel.yaml");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    private void awaitEnd(Process process) throws Exception {
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(words()).isZero();
    }

    private String words() throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    private long delivered() throws IOException {
        Path large = directory.resolve("data/queue/large");
        try (Stream<Path> files = Files.exists(large) ? Files.list(large) : Stream.of()) {
            return files.count();
        }
    }

    @Test
    void killedTwiceInTheMiddleOfThreeHundredMailsItHasEachInTheQueueOnce() throws Exception {
        String filler =
                "x".repeat(78).concat("\r\n").repeat(1500); // large messages, which are files and can be counted
        IntStream.rangeClosed(1, MAILS).forEach(i -> {
            byte[] mail = (new String(MailboxHost.mail("mail " + i), US_ASCII) + filler).getBytes(US_ASCII);
            server.append(MailboxHost.USER, mail, Instant.parse("2026-03-01T10:00:00Z"));
        });
        String sink = "kamelet:mail-queue-sink?destination=orders&format=raw";
        for (int part : List.of(40, 130)) {
            Process process = start(sink);
            Await.until("a part is there", Duration.ofSeconds(60), () -> delivered() >= part);
            process.destroyForcibly().waitFor();
            assertThat(delivered()).isLessThan(MAILS);
        }
        awaitEnd(start(sink, "--once"));
        Process process = start(sink);
        try {
            Await.until("it listens", Duration.ofSeconds(60), () -> words().contains("are read at 127.0.0.1 port"));
            List<Received> taken = QueueHost.take("tcp://127.0.0.1:" + port, "orders");

            assertThat(taken).hasSize(MAILS).extracting(Received::key).doesNotHaveDuplicates();
            assertThat(taken).allMatch(mail -> mail.body().length > filler.length());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void aRouteWithoutAQueueLoadsNothingOfABroker() throws Exception {
        MailboxHost.append(server, "a");
        awaitEnd(start("kamelet:mail-file-sink?directory=files", "--once"));

        assertThat(directory.resolve("files/box/INBOX")).isNotEmptyDirectory();
        assertThat(directory.resolve("data/queue")).doesNotExist();
        try (Stream<String> loaded = Files.lines(directory.resolve("classes.log"))) {
            // camel-jms, which is in the jar, loads one class of jakarta.jms for its converters.
            assertThat(loaded.filter(line -> line.matches(".*(org.apache.activemq|org.apache.qpid|io.netty"
                            + "|jakarta.jms.Session|io.mailroutes.camel.queue).*")))
                    .isEmpty();
        }
    }
}
