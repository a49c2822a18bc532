package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Configuration;
import io.mailroutes.account.ConfigurationException;
import io.mailroutes.account.ConfigurationSource;
import io.mailroutes.account.PlainProperties;
import io.mailroutes.camel.ConfigurationFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is read without Camel means what it means with Camel; every other file is left to Camel. */
class PlainConfigurationTest {
    private static final String ACCOUNT = """
            # with a password
            mailroutes.accounts.box.user=box@example.com
            mailroutes.accounts.box.host : imap.example.com
            mailroutes.accounts.box.port = 1143
            """;

    private static final String PASSWORD = "mailroutes.accounts.box.password = ";

    @TempDir
    private Path directory;

    private Path file(String lines) throws IOException {
        return Files.writeString(directory.resolve("application.properties"), lines, StandardCharsets.UTF_8);
    }

    private static Optional<Configuration> plain(Path file, Map<String, String> overrides) {
        return PlainProperties.read(file, overrides).map(Configuration::read);
    }

    @Test
    void aFileThatIsReadWithoutCamelMeansWhatItMeansWithIt() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), " a{{b}}c \n");
        Path file = file(ACCOUNT + PASSWORD + "{{file:" + secret + "}}\n"
                + "mailroutes.secrets.hook = before-{{env:PATH}}-after\n"
                + "camel.main.name = {{of-camel}}\n"
                + "mine = {{of-camel}}\n");
        Map<String, String> overrides =
                Map.of("mailroutes.data-directory", directory.resolve("data").toString());

        assertThat(plain(file, overrides)).contains(ConfigurationFile.read(file, overrides));
        assertThat(plain(file, overrides).orElseThrow().settings().dataDirectory())
                .isEqualTo(directory.resolve("data"));
    }

    @Test
    void theLastOfTwoLinesCountsInBoth() throws IOException {
        Path file = file(ACCOUNT + PASSWORD + "one\n" + PASSWORD + "two\n");

        assertThat(plain(file, Map.of())).contains(ConfigurationFile.read(file, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{another.key}}",
                "{{another.key:with a default}}",
                "{{?another.key}}",
                "{{env:NO_SUCH_VARIABLE_HERE}}",
                "{{env:PATH:default}}",
                "{{env:path}}",
                "{{sys:user.name}}",
                "{{file:no/such/file}}",
                "{{file:{{another.key}}}}",
                "{{secret:db/password}}",
                "{{hashicorp:secret:db}}",
                "{{never closed",
                "{{env:PATH}} {{never closed",
                "blanks at the end  ",
                "p\u00e4ssword",
            })
    void everythingElseIsLeftToCamel(String value) throws IOException {
        assertThat(PlainProperties.read(file(ACCOUNT + PASSWORD + value + "\n"), Map.of()))
                .isEmpty();
    }

    @Test
    void aValueFileThatIsTooLargeIsLeftToCamelToo() throws IOException {
        Path large = Files.writeString(directory.resolve("large"), "x".repeat(64 * 1024 + 1));

        assertThat(PlainProperties.read(file(ACCOUNT + PASSWORD + "{{file:" + large + "}}\n"), Map.of()))
                .isEmpty();
    }

    @Test
    void aMissingFileIsLeftToThoseWhoHaveWordsForIt() {
        assertThat(PlainProperties.read(directory.resolve("none"), Map.of())).isEmpty();
    }

    @Test
    void aWrongConfigurationIsAsWrongWithoutCamel() throws IOException {
        Path file = file(ACCOUNT + "mailroutes.accounts.box.colour = red\n");
        ConfigurationSource source = PlainProperties.read(file, Map.of()).orElseThrow();

        assertThatThrownBy(() -> Configuration.read(source))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(messageOf(() -> ConfigurationFile.read(file, Map.of())));
    }

    private static String messageOf(Runnable failing) {
        try {
            failing.run();
        } catch (ConfigurationException e) {
            return e.getMessage();
        }
        throw new AssertionError("accepted");
    }
}
