package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route file that we give people, as far as it goes without a server. */
class RoutesTest {
    private static final List<String> ACCOUNTS =
            List.of("support", "invoices", "orders", "archive", "bounces", "google", "shared");

    @TempDir
    private Path directory;

    static Stream<Path> files() throws IOException {
        return Stream.concat(list(Path.of("routes")), list(Path.of("routes", "examples")))
                .sorted();
    }

    private static Stream<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).toList().stream();
        }
    }

    private Main main(Path file) {
        Properties properties = new Properties();
        properties.setProperty(
                "mailroutes.data-directory", directory.resolve("data").toString());
        properties.setProperty("out.directory", directory.resolve("out").toString());
        properties.setProperty("mailroutes.secrets.webhook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        properties.setProperty("mailroutes.secrets.kafka", "never-sent");
        for (String account : ACCOUNTS) {
            String prefix = "mailroutes.accounts." + account + ".";
            properties.setProperty(prefix + "user", account + "@example.com");
            properties.setProperty(prefix + "password", "never-sent");
            properties.setProperty(prefix + "host", "imap.example.com");
            properties.setProperty(prefix + "smtp-host", "smtp.example.com");
        }
        Main main = new Main();
        main.configure().setJmxEnabled(false);
        main.configure().setAutoStartup(false);
        main.setPropertyPlaceholderLocations("false");
        main.setInitialProperties(properties);
        main.configure().setRoutesIncludePattern("file:" + file);
        return main;
    }

    @ParameterizedTest
    @MethodSource("files")
    void aRouteFileStartsWithAccountsOfItsNames(Path file) throws Exception {
        Main main = main(file);
        main.start();
        try {
            List<Route> routes = main.getCamelContext().getRoutes().stream()
                    .filter(route -> !route.isCreatedByKamelet())
                    .toList();
            assertThat(routes).hasSize(1);
            assertThat(main.getCamelContext().getEndpoints())
                    .extracting(Endpoint::getEndpointUri)
                    .anyMatch(uri -> uri.startsWith("mailbox:") || uri.startsWith("imaps:"))
                    .anyMatch(RoutesTest::isSink);
        } finally {
            main.stop();
        }
    }

    private static boolean isSink(String uri) {
        return uri.matches("kamelet:mail-[a-z]+-sink.*|file:.*|smtps?:.*");
    }

    @Test
    void anOptionThatDoesNotExistIsFound() throws Exception {
        String text = Files.readString(Path.of("routes", "support-to-files.camel.yaml"));
        Path broken = directory.resolve("broken.camel.yaml");
        Files.writeString(broken, text.replace("onDelivered:", "onDelivred:"));
        Main main = main(broken);

        assertThatThrownBy(main::start).hasStackTraceContaining("onDelivred");
        main.stop();
    }
}
