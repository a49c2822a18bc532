package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.Test;

/** The catalog's description of {@code mailbox:}, which Kaoto and validators read, against the endpoint itself. */
class CatalogTest {
    private static JsonNode catalog() throws IOException {
        try (InputStream in = CatalogTest.class.getResourceAsStream("/META-INF/io/mailroutes/camel/mailbox.json")) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static List<Field> options() {
        return Arrays.stream(MailboxEndpoint.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(UriParam.class) || field.isAnnotationPresent(UriPath.class))
                .toList();
    }

    @Test
    void everyOptionIsThereWithTheWordsOfItsSource() throws IOException {
        JsonNode properties = catalog().path("properties");

        assertThat(options()).isNotEmpty().allSatisfy(field -> {
            JsonNode option = properties.path(field.getName());
            String source = field.isAnnotationPresent(UriPath.class)
                    ? field.getAnnotation(UriPath.class).description()
                    : field.getAnnotation(UriParam.class).description();
            // The generator drops what it takes for Javadoc, such as a vertical bar.
            assertThat(option.path("description").asText())
                    .as(field.getName())
                    .isNotBlank()
                    .isEqualTo(source);
        });
    }

    @Test
    void anOptionThatHasADefaultTellsIt() throws IOException {
        JsonNode properties = catalog().path("properties");

        assertThat(options())
                .filteredOn(field -> field.isAnnotationPresent(UriParam.class))
                .filteredOn(field ->
                        !field.getAnnotation(UriParam.class).defaultValue().isEmpty())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(properties
                                .path(field.getName())
                                .path("defaultValue")
                                .asText())
                        .isEqualTo(field.getAnnotation(UriParam.class).defaultValue()));
    }

    @Test
    void theGeneratedUriFactoryKnowsTheSameOptions() throws Exception {
        Set<String> described = new TreeSet<>();
        catalog().path("properties").fieldNames().forEachRemaining(described::add);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory("mailbox");

            assertThat(factory.propertyNames()).containsExactlyInAnyOrderElementsOf(described);
            assertThat(described)
                    .containsAll(options().stream().map(Field::getName).collect(Collectors.toSet()));
        }
    }

    @Test
    void theKameletOffersOnlyOptionsThatThereAre() throws Exception {
        Set<String> described = new TreeSet<>();
        catalog().path("properties").fieldNames().forEachRemaining(described::add);
        try (InputStream in = CatalogTest.class.getResourceAsStream("/kamelets/mailbox-source.kamelet.yaml")) {
            String kamelet = new String(in.readAllBytes(), UTF_8);
            assertThat(kamelet.lines()
                            .filter(line -> line.matches("        [a-zA-Z]+: \"\\{\\{.*"))
                            .map(line -> line.strip().replaceAll(":.*", "")))
                    .isNotEmpty()
                    .allMatch(described::contains);
        }
    }
}
