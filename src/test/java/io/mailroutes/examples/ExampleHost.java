package io.mailroutes.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.camel.Installation;
import io.mailroutes.camel.MailboxState;
import io.mailroutes.camel.MailboxStatus;
import io.mailroutes.sandbox.SandboxMailServer;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.ClientCredentials;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.RawImap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/**
 * A file of {@code routes/examples} as people run it, in Camel's Main with properties alone, on a mailbox behind OAuth2 that
 * has the account's name.
 */
final class ExampleHost implements AutoCloseable {
    private static final Path EXAMPLES = Path.of("routes", "examples");

    private final FakeAuthorizationServer authorization = new FakeAuthorizationServer(Clock.systemUTC());
    private final SandboxMailServer mail =
            new SandboxMailServer(token -> Optional.of(user()).filter(user -> authorization.isLive(token)));
    private final Main main = new Main();
    private final Properties properties = new Properties();
    private final Path directory;
    private final String account;

    /** @param directory an empty one for everything that the example writes */
    ExampleHost(String example, String account, Path directory) {
        this.directory = directory;
        this.account = account;
        authorization.client("app", "s3cret", user());
        mail.addUser(user());
        set("mailroutes.data-directory", directory.resolve("data").toString());
        set("out.directory", directory.resolve("out").toString());
        account("user", user());
        account("grant", "client-credentials");
        account("token-endpoint", authorization.tokenEndpoint().toString());
        account("client-id", "app");
        account("client-secret", "s3cret");
        account("host", "127.0.0.1");
        account("port", Integer.toString(mail.imapPort()));
        account("security", "none");
        main.configure().setJmxEnabled(false);
        main.configure().setShutdownTimeout(7);
        main.setPropertyPlaceholderLocations("false");
        main.configure().setRoutesIncludePattern("file:" + EXAMPLES.resolve(example + ".camel.yaml"));
    }

    private static String user() {
        return "box@example.com";
    }

    ExampleHost set(String key, String value) {
        properties.setProperty(key, value);
        return this;
    }

    ExampleHost account(String key, String value) {
        return set("mailroutes.accounts." + account + "." + key, value);
    }

    /** Another file than the example's, of which a test changed what cannot be had on one machine. */
    ExampleHost changed(String example, String from, String to) throws IOException {
        String text = Files.readString(EXAMPLES.resolve(example + ".camel.yaml"));
        if (!text.contains(from)) {
            throw new AssertionError(example + " does not say " + from);
        }
        Path file = Files.writeString(directory.resolve(example + ".camel.yaml"), text.replace(from, to));
        main.configure().setRoutesIncludePattern("file:" + file);
        return this;
    }

    /** @param lines a mail with LF */
    void append(String lines) {
        append(lines.replace("\n", "\r\n").getBytes(UTF_8));
    }

    void append(byte[] raw) {
        mail.append(user(), raw, Instant.parse("2026-03-01T10:00:00Z"));
    }

    ExampleHost start() throws Exception {
        main.setInitialProperties(properties);
        main.start();
        return this;
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    void awaitDelivered(int mails) {
        Await.until(mails + " delivered", Duration.ofSeconds(40), () -> delivered() >= mails);
    }

    void awaitSinkDown() {
        Await.until("SINK_DOWN", Duration.ofSeconds(40), () -> snapshots().stream()
                .anyMatch(folder -> folder.state() == MailboxState.SINK_DOWN));
    }

    long delivered() {
        return snapshots().stream().mapToLong(MailboxStatus.Snapshot::delivered).sum();
    }

    long failed() {
        return snapshots().stream()
                .mapToLong(folder -> folder.failed() + folder.deadLettered())
                .sum();
    }

    private List<MailboxStatus.Snapshot> snapshots() {
        return Installation.of(context()).watched().stream()
                .map(folder -> folder.status().snapshot())
                .toList();
    }

    /** What another client of the mailbox is answered. */
    List<String> ask(String... commands) throws Exception {
        String token = ClientCredentials.token(authorization, "app", "s3cret");
        try (RawImap imap = new RawImap(mail.imapPort())) {
            imap.authenticate("XOAUTH2", "user=" + user() + "\1auth=Bearer " + token + "\1\1");
            List<RawImap.Response> last = List.of();
            for (String command : commands) {
                last = imap.command(command);
            }
            return last.stream().map(RawImap.Response::text).toList();
        }
    }

    /** How many mails a folder has. */
    int count(String folder) throws Exception {
        return ask("EXAMINE " + folder).stream()
                .filter(line -> line.endsWith(" EXISTS"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    Path out() {
        return directory.resolve("out");
    }

    /** The files below the output directory, by their relative names. */
    List<String> files() throws IOException {
        if (!Files.isDirectory(out())) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(out())) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> out().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        main.stop();
        mail.close();
        authorization.close();
    }
}
