package io.mailroutes.cli;

import io.mailroutes.account.Configuration;
import io.mailroutes.camel.ConfigurationFile;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.ScriptedImapServer.Transcript;
import io.mailroutes.token.AccountTokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An authorization server, a mail server, a configuration of the account {@code support} on them, and a browser. */
final class LoginWorld implements AutoCloseable {
    final FakeAuthorizationServer server =
            new FakeAuthorizationServer(Clock.systemUTC()).publicClient("app", "joe@example.com");
    final ScriptedImapServer imap;
    private final Path directory;
    private final Map<String, String> account = new LinkedHashMap<>();
    private final HttpClient browser =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final HttpClient still = HttpClient.newHttpClient();

    LoginWorld(Path directory, Transcript... mailServer) {
        this.directory = directory;
        this.imap = ScriptedImapServer.plain(mailServer);
        set("user", "joe@example.com");
        set("grant", "authorization-code");
        set("client-id", "app");
        set("scope", "mail");
        set("authorization-endpoint", server.authorizationEndpoint().toString());
        set("device-authorization-endpoint", server.deviceEndpoint().toString());
        set("token-endpoint", server.tokenEndpoint().toString());
        set("host", "127.0.0.1");
        set("port", Integer.toString(imap.port()));
        set("security", "none");
    }

    /** With a mail server that lets everybody in. */
    static LoginWorld open(Path directory) {
        return new LoginWorld(directory, c -> c.login("IMAP4rev1"));
    }

    LoginWorld set(String key, String value) {
        account.put(key, value);
        return this;
    }

    LoginWorld without(String key) {
        account.remove(key);
        return this;
    }

    Path data() {
        return directory.resolve("data");
    }

    /** The arguments with the configuration. */
    String[] line(String... arguments) {
        StringBuilder properties = new StringBuilder();
        account.forEach((key, value) -> properties
                .append("mailroutes.accounts.support.")
                .append(key)
                .append(" = ")
                .append(value)
                .append('\n'));
        Path file = directory.resolve("application.properties");
        try {
            Files.writeString(file, properties);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--config", file.toString(), "--data", data().toString()));
        return line.toArray(String[]::new);
    }

    RunningCommand run(String... arguments) {
        return RunningCommand.of(line(arguments));
    }

    RunningCommand browserLogin() {
        return run("login", "support", "--browser", "--no-open");
    }

    /** Opens an address as a browser does, redirects and all. */
    HttpResponse<String> browse(String address) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Consents and stops short of the redirect: the address that the browser would open next. */
    String consent(String address) throws Exception {
        return still.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return still.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Whether a login has left tokens. */
    boolean isLoggedIn() {
        Path file = Path.of(line()[1]);
        Configuration configuration =
                ConfigurationFile.read(file, Map.of("mailroutes.data-directory", data().toString()));
        try (AccountTokens tokens = AccountTokens.open(configuration.settings(), Clock.systemUTC())) {
            return !tokens.known(configuration.accounts().get("support")).needsLogin();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        imap.close();
    }
}
