package io.mailroutes.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** {@code meta.json}: UTF-8, one object; times as ISO 8601 in UTC. */
final class MetaJson {
    /** Adding a field does not change it. */
    private static final int VERSION = 1;

    private final ObjectMapper mapper = new ObjectMapper();

    byte[] write(Mail mail, DeadLetter.Meta meta) throws JsonProcessingException {
        DeliveryKey key = mail.key();
        ObjectNode json = mapper.createObjectNode();
        json.put("version", VERSION);
        json.put("key", meta.key());
        json.put("account", key.account());
        json.put("folder", key.folder());
        json.put("uidValidity", key.uidValidity());
        json.put("uid", key.uid());
        mail.flags().stream().sorted().forEach(json.putArray("flags")::add);
        json.put("internalDate", mail.internalDate().toString());
        json.put("size", mail.raw().size());
        json.put("sha256", meta.sha256());
        json.put("route", meta.failure().route());
        json.put("attempts", meta.failure().attempts());
        json.putObject("error")
                .put("class", meta.failure().errorClass())
                .put("message", meta.failure().errorText());
        json.put("firstFailedAt", meta.firstFailedAt().toString());
        json.put("lastFailedAt", meta.lastFailedAt().toString());
        json.put("failures", meta.failures());
        meta.headerOnly().ifPresent(only -> write(only, key, json.putObject("headerOnly")));
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    }

    private static void write(DeadLetter.HeaderOnly only, DeliveryKey key, ObjectNode json) {
        json.put("serverSize", only.serverSize());
        json.put("maxMessageSize", only.maxMessageSize());
        json.put(
                "note",
                "The mail is larger than maxMessageSize and was not fetched: message.eml holds its header alone. The mail"
                        + " itself is still on the server, in the folder " + key.folder() + " with UID " + key.uid()
                        + ".");
    }

    private static Optional<DeadLetter.HeaderOnly> headerOnly(JsonNode json) {
        return json.isObject()
                ? Optional.of(new DeadLetter.HeaderOnly(
                        json.path("serverSize").asLong(),
                        json.path("maxMessageSize").asLong()))
                : Optional.empty();
    }

    /** Empty when there is none, or none that can be understood. */
    Optional<DeadLetter.Meta> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = mapper.readTree(Files.readAllBytes(file));
            return json.path("version").asInt() == VERSION ? Optional.of(read(json)) : Optional.empty();
        } catch (JsonProcessingException | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    private static DeadLetter.Meta read(JsonNode json) {
        JsonNode error = json.path("error");
        return new DeadLetter.Meta(
                json.path("key").asText(),
                json.path("sha256").asText(),
                new Failure(
                        json.path("route").asText(),
                        json.path("attempts").asInt(),
                        error.path("class").asText(),
                        error.path("message").asText()),
                Instant.parse(json.path("firstFailedAt").asText()),
                Instant.parse(json.path("lastFailedAt").asText()),
                json.path("failures").asInt(),
                headerOnly(json.path("headerOnly")));
    }
}
