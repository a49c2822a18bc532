package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Camel Main application that only edits its properties and routes. */
class PluginTest {
    private static final String ROUTE = """
            - route:
                id: stock
                from:
                  uri: "imap://127.0.0.1:{{mailroutes.accounts.support.port}}"
                  parameters: { authenticator: "#support", initialDelay: 0, delay: 100 }
                  steps:
                    - to: "mock:received"
            """;

    @TempDir
    private Path directory;

    private StockHost host;
    private Main main;

    @BeforeEach
    void start() {
        host = new StockHost(directory.resolve("data"));
        main = new Main();
        main.configure().setJmxEnabled(false);
    }

    @AfterEach
    void stop() throws IOException {
        main.stop();
        host.close();
    }

    private void run(String route) throws IOException {
        StringBuilder properties = new StringBuilder();
        host.properties()
                .forEach((key, value) ->
                        properties.append(key).append(" = ").append(value).append('\n'));
        Path file = Files.writeString(directory.resolve("application.properties"), properties);
        Path yaml = Files.writeString(directory.resolve("stock.camel.yaml"), route);
        main.setPropertyPlaceholderLocations("file:" + file);
        main.configure().setRoutesIncludePattern("file:" + yaml);
        main.start();
    }

    @Test
    void anAccountInThePropertiesIsAllThatStockImapNeeds() throws Exception {
        host.append("From: jane@example.org\nSubject: no code\n\nhello\n");
        run(ROUTE);

        MockEndpoint mock = main.getCamelContext().getEndpoint("mock:received", MockEndpoint.class);
        mock.expectedMessageCount(1);
        mock.expectedHeaderReceived(MailHeaders.SUBJECT, "no code");
        mock.assertIsSatisfied();
    }

    @Test
    void theStartIsVetoedWithAllProblemsAtOnce() {
        host.account("grnat", "password").account("port", "many").without("user");

        assertThatThrownBy(() -> run(ROUTE))
                .hasMessageContainingAll(
                        "3 problems",
                        "mailroutes.accounts.support.grnat",
                        "mailroutes.accounts.support.port",
                        "mailroutes.accounts.support.user");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret:db/password",
                "configmap:db/password",
                "hashicorp:secret:db#password",
                "aws:db",
                "azure:db",
                "gcp:db",
                "cyberark:db",
                "ibm:db"
            })
    void aVaultWithoutItsJarIsAnErrorInAValueAndNeverADefault(String placeholder) {
        host.account("client-secret", "{{" + placeholder + "}}");

        assertThatThrownBy(() -> run(ROUTE))
                .hasMessageContainingAll(
                        "mailroutes.accounts.support.client-secret",
                        "the placeholder function " + placeholder.substring(0, placeholder.indexOf(':')),
                        "lib/");
        assertThat(host.authorization.tokenRequests()).isZero();
    }

    @Test
    void aVaultWithoutItsJarIsAnErrorInARoute() {
        assertThatThrownBy(() -> run(ROUTE.replace("mock:received", "mock:{{secret:sink/name}}")))
                .hasStackTraceContaining("the placeholder function secret: needs camel-kubernetes");
    }

    @Test
    void aFileIsReadInAValueAndInARoute() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret.txt"), "canary-secret\n");
        Path name = Files.writeString(directory.resolve("name.txt"), "  received \n");
        host.account("client-secret", "{{file:" + secret + "}}");
        host.append("From: jane@example.org\nSubject: from files\n\nhello\n");
        run(ROUTE.replace("mock:received", "mock:{{file:" + name + "}}"));

        MockEndpoint mock = main.getCamelContext().getEndpoint("mock:received", MockEndpoint.class);
        mock.expectedMessageCount(1);
        mock.assertIsSatisfied();
    }

    @Test
    void aFileThatIsMissingIsAnErrorInAValue() {
        host.account("client-secret", "{{file:" + directory.resolve("none.txt") + "}}");

        assertThatThrownBy(() -> run(ROUTE))
                .hasMessageContainingAll("mailroutes.accounts.support.client-secret", "none.txt cannot be read");
    }

    @Test
    void aFileThatIsMissingIsAnErrorInARoute() {
        assertThatThrownBy(() ->
                        run(ROUTE.replace("mock:received", "mock:{{file:" + directory.resolve("none.txt") + "}}")))
                .hasStackTraceContaining("none.txt cannot be read");
    }

    @Test
    void installingByHandAsWellChangesNothing() throws Exception {
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                Installer.install(getContext(), Installation.Terms.standard());
            }
        });
        run(ROUTE);

        assertThat(main.getCamelContext().getRegistry().findByType(TokenMailAuthenticator.class))
                .hasSize(1);
    }
}
