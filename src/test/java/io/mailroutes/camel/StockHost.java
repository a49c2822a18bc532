package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.sandbox.SandboxMailServer;
import io.mailroutes.testing.ClientCredentials;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.RawImap;
import io.mailroutes.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel application of somebody else with one account, its mail server and its authorization server. */
final class StockHost implements AutoCloseable {
    static final String USER = "support@example.com";
    private static final String ACCOUNT = "mailroutes.accounts.support.";

    final SettableClock clock = new SettableClock(Instant.now());
    final FakeAuthorizationServer authorization =
            new FakeAuthorizationServer(clock).client("the-client", "canary-secret", USER);
    final SandboxMailServer mail =
            new SandboxMailServer(token -> Optional.of(USER).filter(user -> authorization.isLive(token)));
    final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<String, String> properties = new LinkedHashMap<>();

    StockHost(Path data) {
        mail.addUser(USER);
        set("mailroutes.data-directory", data.toString());
        account("user", USER);
        account("grant", "client-credentials");
        account("client-id", "the-client");
        account("client-secret", "canary-secret");
        account("token-endpoint", authorization.tokenEndpoint().toString());
        account("host", "127.0.0.1");
        account("port", Integer.toString(mail.imapPort()));
        account("security", "none");
    }

    StockHost set(String key, String value) {
        properties.put(key, value);
        return this;
    }

    StockHost account(String key, String value) {
        return set(ACCOUNT + key, value);
    }

    StockHost without(String key) {
        properties.remove(ACCOUNT + key);
        return this;
    }

    /** The account's properties as they stand. */
    Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    /** Mailroutes in the context, by the host's clock; otherwise the plug-in would do it. */
    Installation install() {
        give();
        return Installer.install(
                context, new Installation.Terms(RunMode.CONTINUOUS, false, clock, RandomGenerator.getDefault()));
    }

    /** The properties in the context, as a file that Camel reads would have put them there. */
    StockHost give() {
        properties.forEach((key, value) -> context.getPropertiesComponent().addInitialProperty(key, value));
        return this;
    }

    /** The stock endpoint of the account, polling often. */
    String uri(String... options) {
        return uri("imap", "127.0.0.1", mail.imapPort(), options);
    }

    static String uri(String scheme, String host, int port, String... options) {
        String always = scheme + "://" + host + ":" + port + "?authenticator=#support&initialDelay=0&delay=100";
        return options.length == 0 ? always : always + "&" + String.join("&", options);
    }

    void append(String mail) {
        append(mail.replace("\n", "\r\n").getBytes(UTF_8));
    }

    void append(byte[] bytes) {
        mail.append(USER, bytes, clock.instant());
    }

    /** Another client of the mailbox. */
    RawImap otherClient() throws Exception {
        String token = ClientCredentials.token(authorization, "the-client", "canary-secret");
        RawImap imap = new RawImap(mail.imapPort());
        imap.authenticate("XOAUTH2", "user=" + USER + "\1auth=Bearer " + token + "\1\1");
        return imap;
    }

    List<String> ask(String... commands) throws Exception {
        try (RawImap imap = otherClient()) {
            List<RawImap.Response> last = List.of();
            for (String command : commands) {
                last = imap.command(command);
            }
            return last.stream().map(RawImap.Response::text).toList();
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
        mail.close();
        authorization.close();
    }
}
