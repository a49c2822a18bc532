package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuietPlaceholdersTest {
    private final CamelContext context = new DefaultCamelContext();
    private final Properties properties = new Properties();

    @TempDir
    Path directory;

    @BeforeEach
    void register() {
        context.getPropertiesComponent().setInitialProperties(properties);
        PlaceholderFunctions.register(context);
    }

    @AfterEach
    void close() {
        context.stop();
    }

    private String resolve(String text) {
        return new QuietPlaceholders(context).resolve(text);
    }

    private String file(String content) throws IOException {
        return "{{file:" + Files.writeString(directory.resolve("secret"), content) + "}}";
    }

    @Test
    void textWithoutPlaceholdersStaysAsItIs() {
        assertThat(resolve("a } b { c }} d")).isEqualTo("a } b { c }} d");
    }

    @Test
    void keysFunctionsAndDefaultsMeanWhatTheyMeanInCamel() throws IOException {
        properties.setProperty("host", "imap.{{domain}}");
        properties.setProperty("domain", "example.com");
        String text = "{{host}}:{{port:993}} {{sys:no.such.property:x}} {{sys:java.io.tmpdir}} {{domain}}{{none:}}";
        assertThat(resolve(text)).isEqualTo(context.resolvePropertyPlaceholders(text));
        assertThat(resolve(file(" s3cret\n"))).isEqualTo("s3cret");
    }

    @Test
    void aPlaceholderMayStandInAnother() throws IOException {
        Files.writeString(directory.resolve("support"), "found");
        properties.setProperty("which", "support");
        assertThat(resolve("{{file:" + directory + "/{{which}}}}")).isEqualTo("found");
    }

    @Test
    void aSecretThatLooksLikeAPlaceholderIsTakenAsItIs() throws IOException {
        assertThat(resolve(file("a{{host}}b}}c{{"))).isEqualTo("a{{host}}b}}c{{");
    }

    @Test
    void aSystemPropertyWinsOverAFileAsInCamel() {
        properties.setProperty("java.vendor", "of the file");
        assertThat(resolve("{{java.vendor}}")).isEqualTo(context.resolvePropertyPlaceholders("{{java.vendor}}"));
    }

    @Test
    void aMissingKeyIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> resolve("{{no.such.key}}")).hasMessageContaining("no.such.key");
        assertThatThrownBy(() -> resolve("{{env:NO_SUCH_VARIABLE_HERE}}"))
                .hasMessageContaining("NO_SUCH_VARIABLE_HERE")
                .hasMessageContaining("is the variable set?");
    }

    @Test
    void anOpenPlaceholderIsAnError() {
        assertThatThrownBy(() -> resolve("a {{b")).hasMessageContaining("not closed");
    }

    @Test
    void aCircleIsAnErrorAndNoEndlessLoop() {
        properties.setProperty("a", "{{b}}");
        properties.setProperty("b", "{{a}}");
        assertThatThrownBy(() -> resolve("{{a}}")).hasMessageContaining("circle");
    }
}
