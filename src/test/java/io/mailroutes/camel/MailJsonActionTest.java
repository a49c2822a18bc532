package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.message.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailJsonActionTest {
    private static final byte[] RAW = """
            Subject: ${sysenv.HOME} {{env:HOME}} ../../x
            Content-Type: multipart/mixed; boundary=b

            --b

            text
            --b
            Content-Disposition: attachment; filename="../../${sysenv.HOME}.txt"

            0123456789
            --b
            Content-Disposition: attachment; filename="/etc/passwd"
            Content-Transfer-Encoding: base64

            AAEC
            --b--
            """.replace("\n", "\r\n").getBytes(UTF_8);

    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    private JsonNode json(MailJsonAction action) throws IOException {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(TestMails.of(7, RAW));
        action.process(exchange);
        return Schema.valid(exchange.getMessage().getBody(String.class).getBytes(UTF_8), "json");
    }

    private MailJsonAction action(String attachments) {
        MailJsonAction action = new MailJsonAction();
        action.setAttachments(attachments);
        return action;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void withoutAWordThereAreNoBytes() throws Exception {
        JsonNode json = json(new MailJsonAction());
        assertThat(json.path("attachments")).hasSize(2);
        assertThat(json.toString()).doesNotContain("base64", "\"file\"", "omitted");
    }

    @Test
    void base64IsTheDecodedBytes() throws Exception {
        JsonNode json = json(action("base64"));
        assertThat(Base64.getDecoder().decode(json.at("/attachments/0/base64").asText()))
                .isEqualTo("0123456789".getBytes(UTF_8));
        assertThat(json.at("/attachments/1/base64").asText()).isEqualTo("AAEC");
    }

    @Test
    void beyondTheLimitTheJsonSaysThatTheyAreLeftOut() throws Exception {
        MailJsonAction action = action("base64");
        action.setAttachmentsLimit(9);
        JsonNode json = json(action);
        assertThat(json.at("/attachments/0").has("base64")).isFalse();
        assertThat(json.at("/attachments/0/omitted").asText()).contains("9 bytes", "attachmentsLimit");
        assertThat(json.at("/attachments/1/base64").asText()).isEqualTo("AAEC");
    }

    @Test
    void theLimitIsForAllAttachmentsOfAMailTogether() throws Exception {
        MailJsonAction action = action("base64");
        action.setAttachmentsLimit(12);
        JsonNode json = json(action);
        assertThat(json.at("/attachments/0").has("base64")).isTrue();
        assertThat(json.at("/attachments/1").has("omitted")).isTrue();
    }

    @Test
    void beyondTheLimitTheyAreFilesWhereThereIsADirectory() throws Exception {
        MailJsonAction action = action("base64");
        action.setAttachmentsLimit(9);
        action.setAttachmentsDirectory(directory.toString());
        JsonNode json = json(action);
        Path file = Path.of(json.at("/attachments/0/file").asText());
        assertThat(file).hasContent("0123456789").startsWith(directory);
        assertThat(json.at("/attachments/1").has("base64")).isTrue();
    }

    @Test
    void nothingIsWrittenWhenAllOfThemFit() throws Exception {
        MailJsonAction action = action("base64");
        action.setAttachmentsDirectory(directory.toString());
        json(action);
        assertThat(files()).isEmpty();
    }

    @Test
    void filesAreNamedFromTheKeyAndNoSenderLeavesTheDirectory() throws Exception {
        MailJsonAction action = action("files");
        action.setAttachmentsDirectory(directory.resolve("new").toString());
        JsonNode json = json(action);
        json(action);
        assertThat(files())
                .containsExactly("new/box/INBOX/1-7/1-__sysenv.HOME_.txt", "new/box/INBOX/1-7/2-passwd")
                .hasSize(2);
        assertThat(Path.of(json.at("/attachments/1/file").asText())).hasBinaryContent(new byte[] {0, 1, 2});
    }

    @Test
    void aMailWithoutAttachmentsLeavesNoDirectory() throws Exception {
        MailJsonAction action = action("files");
        action.setAttachmentsDirectory(directory.toString());
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(TestMails.of(7, "Subject: s\r\n\r\ntext".getBytes(UTF_8)));
        action.process(exchange);
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachments=files",
                "attachments=all",
                "attachmentsDirectory=out",
                "attachments=base64&attachmentsLimit=-1",
                "attachments=base64&attachmentsLimit=67108865",
            })
    void whatCannotWorkIsRefusedAtTheStart(String options) throws Exception {
        context.addRoutes(route(options));
        assertThatThrownBy(context::start).hasStackTraceContaining("mail-json-action: attachments");
    }

    @Test
    void theKameletPassesItsOptionsOn() throws Exception {
        context.addRoutes(route("attachments=files&attachmentsDirectory=" + directory));
        context.start();
        String body = context.createProducerTemplate().requestBody("direct:in", TestMails.of(7, RAW), String.class);
        assertThat(new ObjectMapper().readTree(body).at("/attachments/0/file").asText())
                .startsWith(directory.toString());
        assertThat(files()).hasSize(2);
    }

    private static RouteBuilder route(String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("kamelet:mail-json-action?" + options);
            }
        };
    }
}
