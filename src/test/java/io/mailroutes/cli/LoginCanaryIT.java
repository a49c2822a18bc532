package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.proof.Canaries;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.FakeAuthorizationServer.TokenRequest;
import io.mailroutes.testing.SigningKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With every logger at TRACE, that of java.net.http included, logins, a refresh and a logout write down no secret. */
class LoginCanaryIT {
    private static final String TRACE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Configuration status="WARN">
              <Appenders>
                <Console name="err" target="SYSTEM_ERR"><PatternLayout pattern="%p %c{1} %m%n%ex"/></Console>
              </Appenders>
              <Loggers><Root level="TRACE"><AppenderRef ref="err"/></Root></Loggers>
            </Configuration>
            """;

    private static final String JDK = """
            handlers = java.util.logging.ConsoleHandler
            .level = ALL
            java.util.logging.ConsoleHandler.level = ALL
            """;

    private final Canaries canaries = new Canaries();
    private final List<ChildCommand> commands = new ArrayList<>();
    private Map<String, String> environment = Map.of();

    @TempDir
    private Path directory;

    private LoginWorld world;

    @BeforeEach
    void open() throws Exception {
        world = LoginWorld.open(directory);
        world.set("revocation-endpoint", world.server.revocationEndpoint().toString());
        Files.writeString(directory.resolve("log4j2.xml"), TRACE);
        Files.writeString(directory.resolve("logging.properties"), JDK);
    }

    @AfterEach
    void close() throws Exception {
        commands.forEach(ChildCommand::close);
        world.close();
    }

    @Test
    void aClientSecretAndAllThatComesOfItStaySecret() throws Exception {
        String secret = "canary-" + UUID.randomUUID();
        world.server.client("app", secret, "joe@example.com");
        world.set("client-secret", "{{env:CANARY}}");
        environment = Map.of("CANARY", secret);
        canaries.add("the client secret", secret);
        everyCommandIsSilent();
    }

    @Test
    void aPrivateKeyAndAllThatComesOfItStaySecret() throws Exception {
        SigningKeys keys = SigningKeys.at(Clock.systemUTC().instant());
        Path file = keys.keyFile(directory.resolve("key.pem"));
        world.server
                .assertions()
                .client("app", keys.publicKey(), world.server.tokenEndpoint().toString());
        world.set("private-key-file", file.toString()).set("key-id", "key-1");
        Files.readAllLines(file).stream()
                .filter(line -> line.length() == 64)
                .skip(3)
                .forEach(line -> canaries.add("the private key", line));
        everyCommandIsSilent();
        assertThat(world.server.tokenRequestLog())
                .allMatch(request -> request.form().containsKey("client_assertion"));
    }

    private void everyCommandIsSilent() throws Exception {
        byBrowser();
        byPaste();
        world.server.tokenLife(Duration.ofSeconds(1));
        world.server.device().first("authorization_pending");
        start("login", "support", "--device");
        end();
        world.server.tokenLife(Duration.ofHours(1));
        String last = world.server.tokensIssued().get(2);
        Await.until("the end of the token", () -> !world.server.isLive(last));
        start("token", "support");
        end();
        start("logout", "support");
        end();

        Canaries neverPrinted = new Canaries();
        addSecrets(neverPrinted);
        addSecrets(canaries);
        world.server.tokensIssued().forEach(token -> canaries.add("an access token", token));
        assertThat(world.server.tokenRequestLog().stream()
                        .map(TokenRequest::kind)
                        .distinct())
                .hasSize(3);
        ChildCommand first = commands.get(0);
        assertThat(first.words()).as("the JDK's loggers are on").contains("FINE");
        for (ChildCommand command : commands) {
            assertThat(command.words()).as("TRACE is on").contains("TRACE");
            canaries.assertNotIn("stderr", command.words());
            neverPrinted.assertNotIn("stdout", command.out());
        }
    }

    private void byBrowser() throws Exception {
        ChildCommand login = start("login", "support", "--browser", "--no-open");
        String address = login.line("http");
        String answer = world.consent(address);
        canaries.add("the state", address.replaceFirst(".*[?&]state=([^&]+).*", "$1"));
        canaries.assertNotIn("the page", world.browse(answer).body());
        end();
    }

    private void byPaste() throws Exception {
        ChildCommand login = start("login", "support", "--paste");
        String address = login.line("http");
        canaries.add("the state", address.replaceFirst(".*[?&]state=([^&]+).*", "$1"));
        login.type(world.consent(address));
        end();
    }

    /** What not even the standard output may show. */
    private void addSecrets(Canaries into) {
        world.server.consent().codes().forEach(code -> into.add("a code", code));
        world.server.device().codes().forEach(code -> into.add("a device code", code));
        Stream.concat(
                        world.server.tokenRequestLog().stream().map(TokenRequest::form),
                        world.server.formsElsewhere().stream())
                .flatMap(form -> Stream.of("refresh_token", "token", "code_verifier", "client_assertion")
                        .filter(form::containsKey)
                        .map(form::get))
                .forEach(secret -> into.add("a secret of a form", secret));
    }

    private ChildCommand start(String... arguments) throws Exception {
        List<String> options = List.of(
                "-Dlog4j2.configurationFile=" + directory.resolve("log4j2.xml"),
                "-Djava.util.logging.config.file=" + directory.resolve("logging.properties"),
                "-Djdk.httpclient.HttpClient.log=all",
                "-Djdk.internal.httpclient.debug=true");
        ChildCommand command = ChildCommand.start(directory, environment, options, world.line(arguments));
        commands.add(command);
        return command;
    }

    private void end() throws Exception {
        ChildCommand last = commands.get(commands.size() - 1);
        assertThat(last.code()).as(() -> tail(last.words())).isZero();
    }

    private static String tail(String words) {
        return words.substring(Math.max(0, words.length() - 2000));
    }
}
