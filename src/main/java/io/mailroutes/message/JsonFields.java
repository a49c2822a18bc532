package io.mailroutes.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Fields of the object that is being written; what is absent is left out, and no text breaks UTF-8. */
record JsonFields(JsonGenerator json) {
    void text(String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, CleanText.wellFormed(value.get()));
        }
    }

    void texts(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(CleanText.wellFormed(value));
        }
        json.writeEndArray();
    }
}
