package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.NeedsDovecot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** With every logger at TRACE and JMX open, no secret is in the logs, in files or in what JMX shows. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CanaryIT {
    private static final String USER = "canary@example.com";
    private static final String REFRESHED = "refreshed@example.com";
    private static final String REFUSED = "refused@example.com";

    /** Everything, to a file and to stderr. */
    private static final String TRACE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Configuration status="WARN">
              <Appenders>
                <File name="file" fileName="%s"><PatternLayout pattern="%%d %%p %%c %%m%%n%%ex"/></File>
                <Console name="err" target="SYSTEM_ERR"><PatternLayout pattern="%%p %%c{1} %%m%%n"/></Console>
              </Appenders>
              <Loggers>
                <Root level="TRACE"><AppenderRef ref="file"/><AppenderRef ref="err"/></Root>
              </Loggers>
            </Configuration>
            """;

    private MailWorld world;
    private FakeAuthorizationServer echoing;

    @BeforeAll
    void start() {
        world = new MailWorld();
        echoing = new FakeAuthorizationServer(Clock.systemUTC());
    }

    @AfterAll
    void stop() {
        echoing.close();
        world.close();
    }

    @Test
    void noSecretIsWrittenAnywhere(@TempDir Path directory) throws Exception {
        String clientSecret = "canary-client-" + UUID.randomUUID();
        String echoed = "canary-echoed-" + UUID.randomUUID();
        String routeSecret = "canary-route-" + UUID.randomUUID();
        world.authorization().client("canary", clientSecret, USER).client("rotating", clientSecret, REFRESHED);
        String refreshToken = world.authorization().newRefreshToken("rotating");
        echoing.nextToken(FakeAnswer.json(
                401, "{\"error\":\"invalid_client\",\"error_description\":\"wrong secret " + echoed + "\"}"));
        Path refreshFile = Files.writeString(directory.resolve("refresh-token"), refreshToken + "\n");
        fill();

        Program program = program(directory, echoed)
                .environment("CANARY_SECRET", clientSecret)
                .environment("CANARY_ROUTE", routeSecret);
        try (RunningProgram running = program.start()) {
            running.awaitThat(
                    "both mailboxes are read", () -> program.delivered().size() == 2);
            running.awaitThat("the dead letter", () -> program.deadLetters().size() == 1);
            running.awaitWords("NEEDS_LOGIN");

            Canaries canaries = new Canaries()
                    .add("the client secret", clientSecret)
                    .add("the echoed secret", echoed)
                    .add("the route's secret", routeSecret)
                    .add("the refresh token", refreshToken)
                    .add(
                            "the store key",
                            Files.readString(program.data().resolve("store.key"))
                                    .strip());
            world.authorization().tokensIssued().forEach(token -> canaries.add("an access token", token));
            world.authorization().tokenRequestLog().stream()
                    .map(request -> request.form().getOrDefault("refresh_token", ""))
                    .filter(token -> !token.isEmpty())
                    .forEach(token -> canaries.add("a refresh token", token));
            assertThat(world.authorization().tokensIssued()).hasSizeGreaterThanOrEqualTo(2);

            String beans = CamelMBeans.of(VirtualMachine.attach(Long.toString(running.pid())));
            assertThat(beans)
                    .as("JMX")
                    .containsPattern("dumpRouteAsXml: <(\\?xml|route)")
                    .contains("mailbox:box");
            canaries.assertNotIn("JMX", beans);
            running.terminate();
            running.await(Duration.ofSeconds(10));
            Path echoedFile = directory.resolve("application.properties");
            canaries.assertNotInFiles(
                    directory, refreshFile, echoedFile, program.data().resolve("store.key"));
            assertThat(running.words()).as("TRACE is on").contains("TRACE");
        }
    }

    private void fill() {
        world.append(USER, MailWorld.mail("good", "text"));
        world.append(USER, MailWorld.mail("failing", "text"));
        world.append(REFRESHED, MailWorld.mail("good", "text"));
    }

    private Program program(Path directory, String echoed) throws Exception {
        Path log4j =
                Files.writeString(directory.resolve("log4j2.xml"), TRACE.formatted(directory.resolve("trace.log")));
        Program program = world.program(directory, USER)
                .option("-Dlog4j2.configurationFile=" + log4j)
                .withJar("camel-management")
                .withJar("camel-xml-io")
                .property("camel.main.jmxEnabled", "true")
                .property("webhook.secret", "{{env:CANARY_ROUTE}}")
                .account("client-id", "canary")
                .account("client-secret", "{{env:CANARY_SECRET}}");
        for (String name : List.of("rotating", "refused")) {
            String key = "mailroutes.accounts." + name + ".";
            program.property(key + "user", name.equals("refused") ? REFUSED : REFRESHED)
                    .property(key + "client-id", name)
                    .property(key + "host", "127.0.0.1")
                    .property(key + "port", Integer.toString(world.dovecot().port()))
                    .property(key + "security", "none")
                    .route(route(name, "rotating"));
        }
        return program.property("mailroutes.secrets.webhook", "{{env:CANARY_ROUTE}}")
                .property("mailroutes.accounts.rotating.refresh-token", "{{file:refresh-token}}")
                .property("mailroutes.accounts.rotating.client-secret", "{{env:CANARY_SECRET}}")
                .property(
                        "mailroutes.accounts.rotating.token-endpoint",
                        world.authorization().tokenEndpoint().toString())
                .property("mailroutes.accounts.refused.grant", "client-credentials")
                .property("mailroutes.accounts.refused.client-secret", echoed)
                .property(
                        "mailroutes.accounts.refused.token-endpoint",
                        echoing.tokenEndpoint().toString())
                .route(route("box", "failing"));
    }

    private static String route(String account, String failing) {
        return Routes.mailbox("maximumAttempts: 1")
                        .replace("mailbox:box", "mailbox:" + account)
                        .replace("id: proof", "id: " + account)
                + "      - filter:\n"
                + "          simple: \"${header.MailSubject} == '" + failing + "'\"\n"
                + "          steps: [ { throwException: { exceptionType: java.lang.IllegalStateException, message: no } } ]\n"
                + Routes.FILES;
    }
}
