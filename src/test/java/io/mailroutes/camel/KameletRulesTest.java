package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the validator of the Camel Kamelets catalog asks of a Kamelet. */
class KameletRulesTest {
    private static final Path KAMELETS = Path.of("src", "main", "resources", "kamelets");
    private static final String ANNOTATION = "camel.apache.org/";

    static Stream<Path> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(KAMELETS)) {
            return files.sorted().toList().stream();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String... path) {
        Map<String, Object> at = of;
        for (String key : path) {
            assertThat(at).containsKey(key);
            at = (Map<String, Object>) at.get(key);
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> read(Path file) throws IOException {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void itsNameItsFileItsTypeAndItsTitleAgree(Path file) throws IOException {
        Map<String, Object> kamelet = read(file);
        String name = String.valueOf(map(kamelet, "metadata").get("name"));
        String type = String.valueOf(map(kamelet, "metadata", "labels").get(ANNOTATION + "kamelet.type"));
        String title = String.valueOf(map(kamelet, "spec", "definition").get("title"));

        assertThat(kamelet).containsEntry("apiVersion", "camel.apache.org/v1").containsEntry("kind", "Kamelet");
        assertThat(file).hasFileName(name + ".kamelet.yaml");
        assertThat(type).isIn("source", "sink", "action");
        assertThat(name).endsWith("-" + type);
        assertThat(title).endsWith(" " + capital(type));
        assertThat(title.split(" ")).allMatch(word -> Character.isUpperCase(word.charAt(0)));
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void itHasTheAnnotationsOfTheCatalog(Path file) throws IOException {
        Map<String, Object> annotations = map(read(file), "metadata", "annotations");

        for (String annotation : List.of(
                "provider",
                "catalog.version",
                "kamelet.group",
                "kamelet.namespace",
                "kamelet.support.level",
                "kamelet.icon")) {
            assertThat(annotations).containsKey(ANNOTATION + annotation);
        }
        assertThat(String.valueOf(annotations.get(ANNOTATION + "kamelet.icon"))).startsWith("data:image/");
        // That provider is for the official catalog alone.
        assertThat(annotations.get(ANNOTATION + "provider")).isNotEqualTo("Apache Software Foundation");
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void everyPropertyIsDescribedAndUsedAndNoneIsASecret(Path file) throws IOException {
        Map<String, Object> definition = map(read(file), "spec", "definition");
        String template = map(read(file), "spec", "template").toString();
        Map<String, Object> properties =
                definition.containsKey("properties") ? map(definition, "properties") : Map.of();

        properties.keySet().forEach(name -> {
            Map<String, Object> property = map(properties, name);
            assertThat(property)
                    .as(name)
                    .containsKeys("title", "description", "type")
                    .doesNotContainKey("format");
            assertThat(String.valueOf(property.get("title")).charAt(0)).as(name).isUpperCase();
            assertThat(String.valueOf(property.get("description"))).as(name).endsWith(".");
            assertThat(template).as(name).containsAnyOf("{{" + name + "}}", "{{?" + name + "}}");
            assertThat(name).doesNotContainPattern("(?i)password|secret$|token|credential");
        });
        if (definition.get("required") instanceof List<?> required) {
            assertThat(required).allSatisfy(name -> {
                assertThat(properties).containsKey(String.valueOf(name));
                assertThat(map(properties, String.valueOf(name))).doesNotContainKey("default");
            });
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void itBeginsAndEndsAsItsTypeDoes(Path file) throws IOException {
        String type = String.valueOf(map(read(file), "metadata", "labels").get(ANNOTATION + "kamelet.type"));
        Map<String, Object> from = map(read(file), "spec", "template", "from");

        if (type.equals("source")) {
            List<?> steps = (List<?>) from.get("steps");
            assertThat(steps.get(steps.size() - 1)).hasToString("{to=kamelet:sink}");
        } else {
            assertThat(from).containsEntry("uri", "kamelet:source");
        }
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void itsDependenciesAreOfTheKnownKinds(Path file) throws IOException {
        assertThat((List<?>) map(read(file), "spec").get("dependencies"))
                .isNotEmpty()
                .allMatch(dependency -> String.valueOf(dependency).matches("camel:[a-z0-9-]+|mvn:[^:]+:[^:]+:[^:]+"))
                .anyMatch(dependency -> String.valueOf(dependency).startsWith("mvn:io.mailroutes:mailroutes:"));
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
