package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema says what the JSON form is, and nothing else. */
class MailSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void theDocumentedSchemaIsTheOneInTheJar() throws IOException {
        assertThat(Path.of("docs/mail.schema.json"))
                .hasContent(new String(
                        MailJson.class.getResourceAsStream("mail.schema.json").readAllBytes(), UTF_8));
    }

    @Test
    void everyFieldIsDescribedAndNoOtherIsAllowed() {
        List<String> faults = new ArrayList<>();
        look(Schema.node(), "", faults);
        assertThat(faults).isEmpty();
    }

    private static void look(JsonNode node, String path, List<String> faults) {
        if (node.path("type").asText().equals("object")
                && node.path("additionalProperties").asBoolean(true)) {
            faults.add(path + " allows any field");
        }
        node.path("properties").properties().forEach(field -> {
            if (field.getValue().path("description").asText().length() < 10) {
                faults.add(path + "/" + field.getKey() + " is not described");
            }
        });
        node.properties().forEach(field -> look(field.getValue(), path + "/" + field.getKey(), faults));
    }

    /** Of every field that can be there. */
    static Mail full() throws IOException {
        Mail plain = Fixtures.mail("everything.eml");
        return Mail.of(
                plain.key(),
                plain.flags(),
                plain.internalDate(),
                plain.raw(),
                MailLimits.DEFAULT,
                Optional.of(new GmailIds(1, OptionalLong.of(2), List.of("\\Inbox"))),
                TrustedServers.of(List.of("mx.example.com")));
    }

    @Test
    void aMailThatHasEverythingHasEveryFieldOfTheSchema() throws IOException {
        Set<String> seen = new HashSet<>();
        for (AttachmentBytes.Answer answer : List.of(
                AttachmentBytes.Whole.INSTANCE,
                new AttachmentBytes.Reference("out/1-a"),
                new AttachmentBytes.Omitted("larger than 1 byte"))) {
            names(Schema.valid(MailJson.of(full(), (number, attachment) -> answer), "full"), seen);
        }
        Set<String> defined = new HashSet<>();
        defined(Schema.node(), defined);
        assertThat(seen).isEqualTo(defined);
    }

    private static void defined(JsonNode node, Set<String> names) {
        node.path("properties").fieldNames().forEachRemaining(names::add);
        node.forEach(child -> defined(child, names));
    }

    private static void names(JsonNode node, Set<String> names) {
        node.fieldNames().forEachRemaining(names::add);
        node.forEach(child -> names(child, names));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"version", "key", "uid", "sha256", "attachments", "facts", "senderTrust", "calendar", "headers"})
    void withoutWhatIsAlwaysThereItIsRefused(String name) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(MailJson.of(full()));
        json.remove(name);
        assertThatThrownBy(() -> Schema.valid(MAPPER.writeValueAsBytes(json), name))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/attachments/0", "/facts", "/senderTrust/checks/0", "/calendar/0/start", "/from/0"})
    void aFieldThatIsNotDescribedIsRefused(String place) throws IOException {
        ObjectNode json = (ObjectNode) MAPPER.readTree(MailJson.of(full()));
        ((ObjectNode) json.at(place)).put("more", 1);
        assertThatThrownBy(() -> Schema.valid(MAPPER.writeValueAsBytes(json), place))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("more");
    }
}
