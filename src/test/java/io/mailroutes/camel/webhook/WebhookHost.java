package io.mailroutes.camel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.camel.Installation;
import io.mailroutes.camel.Installer;
import io.mailroutes.camel.MailboxState;
import io.mailroutes.camel.MailboxStatus;
import io.mailroutes.camel.RunMode;
import io.mailroutes.sandbox.SandboxMailServer;
import io.mailroutes.testing.FakeAuthorizationServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with a mailbox, an account that has a token and no mailbox, and secrets. */
final class WebhookHost implements AutoCloseable {
    static final String USER = "joe@example.com";
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ACCOUNT = "mailroutes.accounts.";

    final SandboxMailServer mail = new SandboxMailServer(token -> Optional.of(USER));
    final FakeAuthorizationServer authorization = new FakeAuthorizationServer(Clock.systemUTC());
    final DefaultCamelContext context = new DefaultCamelContext();
    final Installation installation;
    private final Path data;

    WebhookHost(Path data, Map<String, String> secrets) {
        this(data, secrets, RunMode.CONTINUOUS);
    }

    WebhookHost(Path data, Map<String, String> secrets, RunMode mode) {
        this.data = data;
        mail.addUser(USER);
        authorization.client("app", "s3cret-of-app", USER);
        Properties properties = new Properties();
        properties.setProperty("mailroutes.data-directory", data.toString());
        properties.setProperty("mailroutes.secrets.webhook", SECRET);
        secrets.forEach((name, value) -> properties.setProperty("mailroutes.secrets." + name, value));
        account(properties, "box", "127.0.0.1");
        account(properties, "box-token", "none.invalid"); // for its token alone
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getShutdownStrategy().setTimeout(7);
        // Pauses are as short as they can be.
        installation = Installer.install(context, new Installation.Terms(mode, false, Clock.systemUTC(), () -> 0L));
    }

    private void account(Properties properties, String name, String host) {
        Map.of(
                        "user",
                        USER,
                        "grant",
                        "client-credentials",
                        "token-endpoint",
                        authorization.tokenEndpoint().toString(),
                        "client-id",
                        "app",
                        "client-secret",
                        "s3cret-of-app",
                        "host",
                        host)
                .forEach((key, value) -> properties.setProperty(ACCOUNT + name + "." + key, value));
        if (host.startsWith("127.")) {
            properties.setProperty(ACCOUNT + name + ".port", Integer.toString(mail.imapPort()));
            properties.setProperty(ACCOUNT + name + ".security", "none");
        }
    }

    WebhookHost append(String... mails) {
        for (String raw : mails) {
            mail.append(USER, raw.replace("\n", "\r\n").getBytes(UTF_8), Instant.parse("2026-03-01T10:00:00Z"));
        }
        return this;
    }

    /** @param options of the Kamelet, {@code name=value} */
    WebhookHost start(String... options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("mailbox:box?delay=100&maximumAttempts=2").routeId("r").to(sink(options));
            }
        });
        context.start();
        return this;
    }

    static String sink(String... options) {
        return "kamelet:mail-webhook-sink?" + String.join("&", options);
    }

    MailboxStatus.Snapshot status() {
        return installation.watched().get(0).status().snapshot();
    }

    boolean is(MailboxState state) {
        return status().state() == state;
    }

    List<Path> deadLetters() throws Exception {
        Path letters = data.resolve("dead-letters").resolve("box");
        try (Stream<Path> found = Files.exists(letters) ? Files.list(letters) : Stream.of()) {
            return found.toList();
        }
    }

    @Override
    public void close() {
        context.stop();
        authorization.close();
        mail.close();
    }
}
