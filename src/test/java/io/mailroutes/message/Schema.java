package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The schema of the JSON form, out of the jar. */
public final class Schema {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(node());

    private Schema() {}

    static JsonNode node() {
        try (InputStream in = MailJson.class.getResourceAsStream("mail.schema.json")) {
            return MAPPER.readTree(Objects.requireNonNull(in, "mail.schema.json is not in the jar"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails unless these bytes are one JSON form of a mail. */
    public static JsonNode valid(byte[] json, String what) throws IOException {
        JsonNode node = MAPPER.readTree(json);
        assertThat(SCHEMA.validate(node)).as(what).isEmpty();
        return node;
    }
}
