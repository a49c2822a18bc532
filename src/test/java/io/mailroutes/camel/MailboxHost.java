package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapSettings;
import io.mailroutes.imap.MailSummary;
import io.mailroutes.message.UidSet;
import io.mailroutes.sandbox.SandboxMailServer;
import io.mailroutes.testing.FakeAuthorizationServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with the account {@code box} on an IMAP server of a test. */
final class MailboxHost implements AutoCloseable {
    static final String USER = "joe@example.com";

    /** Pauses are as short as they can be. */
    static final RandomGenerator SHORTEST = () -> 0L;

    private final FakeAuthorizationServer authorization = new FakeAuthorizationServer(Clock.systemUTC());
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Installation installation;

    /** A route, as a lambda. */
    interface Routes {
        void add(RouteBuilder builder) throws Exception;
    }

    MailboxHost(int port, Path data, RunMode mode) {
        this(port, data, new Installation.Terms(mode, false, Clock.systemUTC(), SHORTEST));
    }

    MailboxHost(int port, Path data, Installation.Terms terms) {
        this(port, data, terms, Map.of());
    }

    /** @param more further lines of the account, and others by their whole keys */
    MailboxHost(int port, Path data, Installation.Terms terms, Map<String, String> more) {
        authorization.client("app", "s3cret", USER);
        Properties properties = new Properties();
        properties.setProperty("mailroutes.data-directory", data.toString());
        account(port).forEach((key, value) -> properties.setProperty("mailroutes.accounts.box." + key, value));
        more.forEach((key, value) ->
                properties.setProperty(key.startsWith("mailroutes.") ? key : "mailroutes.accounts.box." + key, value));
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getShutdownStrategy().setTimeout(7);
        installation = Installer.install(context, terms);
    }

    private Map<String, String> account(int port) {
        Map<String, String> account = new LinkedHashMap<>();
        account.put("user", USER);
        account.put("grant", "client-credentials");
        account.put("token-endpoint", authorization.tokenEndpoint().toString());
        account.put("client-id", "app");
        account.put("client-secret", "s3cret");
        account.put("host", "127.0.0.1");
        account.put("port", Integer.toString(port));
        account.put("security", "none");
        return account;
    }

    FakeAuthorizationServer authorization() {
        return authorization;
    }

    CamelContext context() {
        return context;
    }

    Installation installation() {
        return installation;
    }

    /** Adds routes and starts, or adds to what is started. */
    MailboxHost start(Routes routes) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                routes.add(this);
            }
        });
        context.start();
        return this;
    }

    MailboxStatus.Snapshot status() {
        return installation.watched().get(0).status().snapshot();
    }

    /** How the only folder ended; fails after 60 s. */
    LoopResult result() throws Exception {
        return installation.watched().get(0).result().get(60, TimeUnit.SECONDS);
    }

    /** The flags of the mails that the server has in INBOX, by UID. */
    Map<Long, Set<String>> flags() {
        Map<Long, Set<String>> flags = new LinkedHashMap<>();
        try (ImapConnection connection = ImapConnection.open(
                installation.account("box"),
                installation.tokens("box"),
                ImapSettings.defaults(installation.temporaryDirectory()))) {
            connection.select("INBOX", true);
            for (MailSummary mail : connection.summaries(UidSet.range(1, 1000))) {
                flags.put(mail.uid(), mail.flags());
            }
        }
        return flags;
    }

    /** An empty GreenMail INBOX of {@link #USER} that takes any token. */
    static SandboxMailServer server() {
        SandboxMailServer server = new SandboxMailServer(token -> Optional.of(USER));
        server.addUser(USER);
        return server;
    }

    static void append(SandboxMailServer server, String... subjects) {
        for (String subject : subjects) {
            server.append(USER, mail(subject), Instant.parse("2026-03-01T10:00:00Z"));
        }
    }

    static byte[] mail(String subject) {
        return ("From: Ann <ann@example.com>\r\nTo: " + USER + "\r\nSubject: " + subject + "\r\n\r\ntext of " + subject
                        + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.stop();
        authorization.close();
    }
}
