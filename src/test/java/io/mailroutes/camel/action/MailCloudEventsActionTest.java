package io.mailroutes.camel.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.camel.MailBodies;
import io.mailroutes.message.Mail;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailCloudEventsActionTest {
    private static final String HEADER = "From: a@b.example\nSubject: =?utf-8?q?gr=C3=BC=C3=9Fe_100%_=22x=22?=";

    private static Message event(String header, Consumer<MailCloudEventsAction> options) throws Exception {
        MailCloudEventsAction action = new MailCloudEventsAction();
        options.accept(action);
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Mail mail = ActionMails.with(header);
        exchange.getMessage().setBody(mail);
        exchange.getMessage().setHeader("MailSubject", "of the mail");
        exchange.getMessage().setHeader("CamelHttpUri", "http://elsewhere.example");
        action.process(exchange);
        assertThat(MailBodies.find(exchange)).contains(mail);
        return exchange.getMessage();
    }

    private static JsonNode json(Message event) throws Exception {
        return new ObjectMapper().readTree(event.getBody(String.class));
    }

    @Test
    void structuredIsOneDocumentWithTheDataInIt() throws Exception {
        Message event = event(HEADER, action -> {});
        assertThat(event.getHeaders()).containsOnlyKeys("Content-Type");
        assertThat(event.getHeader("Content-Type")).isEqualTo("application/cloudevents+json");
        JsonNode json = json(event);
        assertThat(json.path("specversion").asText()).isEqualTo("1.0");
        assertThat(json.path("id").asText()).isEqualTo("box/INBOX/1/7");
        assertThat(json.path("source").asText()).isEqualTo("mailroutes:box/INBOX");
        assertThat(json.path("type").asText()).isEqualTo("io.mailroutes.mail.received.v1");
        assertThat(json.path("time").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(json.path("subject").asText()).isEqualTo("grüße 100% \"x\"");
        assertThat(json.path("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(json.path("dataschema").asText()).isEqualTo("urn:mailroutes:schema:mail:1");
        assertThat(json.path("data").path("key").asText()).isEqualTo("box/INBOX/1/7");
    }

    @Test
    void everyNameOfAnAttributeIsOneThatTheSpecificationAllows() throws Exception {
        json(event(HEADER, action -> {})).fieldNames().forEachRemaining(name -> assertThat(name)
                .matches("[a-z0-9]{1,20}"));
    }

    @Test
    void binaryByHttpHasPercentEncodedHeadersAndTheDataAlone() throws Exception {
        Message event = event(HEADER, action -> action.setMode("binary"));
        assertThat(event.getHeaders())
                .containsOnlyKeys(
                        "Content-Type",
                        "ce-specversion",
                        "ce-id",
                        "ce-source",
                        "ce-type",
                        "ce-time",
                        "ce-subject",
                        "ce-dataschema")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("ce-subject", "gr%C3%BC%C3%9Fe%20100%25%20%22x%22")
                .containsEntry("ce-id", "box/INBOX/1/7");
        assertThat(json(event).path("key").asText()).isEqualTo("box/INBOX/1/7");
    }

    @Test
    void binaryByKafkaHasItsOwnPrefixAndPlainText() throws Exception {
        Message event = event(HEADER, action -> {
            action.setMode("BINARY");
            action.setBinding("kafka");
        });
        assertThat(event.getHeaders())
                .containsEntry("ce_subject", "grüße 100% \"x\"")
                .containsEntry("ce_id", "box/INBOX/1/7")
                .containsEntry("content-type", "application/json")
                .allSatisfy((name, value) -> assertThat(name).matches("ce_[a-z]+|content-type"));
        assertThat(event.getHeaders().keySet()).contains("content-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: a =?utf-8?q?=0D=0Ace-id:_forged?=",
                "Subject: x\nce-id: forged\nce-source: http://evil.example\nContent-Type: text/html",
                "Subject: ${env:HOME} {{sys:user.home}}\nCamelHttpUri: http://evil.example"
            })
    void whatASenderWritesIsInTheSubjectAloneAndOneLine(String header) throws Exception {
        Message event = event(header, action -> action.setMode("binary"));
        assertThat(event.getHeaders())
                .containsEntry("ce-id", "box/INBOX/1/7")
                .containsEntry("ce-source", "mailroutes:box/INBOX")
                .containsEntry("Content-Type", "application/json")
                .hasSize(8);
        assertThat(event.getHeader("ce-subject", String.class))
                .matches("[!-~]+")
                .doesNotContain(" ");
    }

    @Test
    void aLongSubjectIsCutAndAMissingOneLeftOut() throws Exception {
        Message cut = event("Subject: " + "\uD83D\uDE00x".repeat(300), action -> action.setMode("binary"));
        assertThat(cut.getHeader("ce-subject", String.class)).hasSizeLessThan(2000);
        assertThat(event("From: a@b.example", action -> action.setMode("binary"))
                        .getHeaders())
                .doesNotContainKey("ce-subject");
    }

    @Test
    void whatIsConfiguredCounts() throws Exception {
        JsonNode json = json(event(HEADER, action -> {
            action.setSource("https://example.com/mail?x=1");
            action.setType("com.example.order");
            action.setDataSchema("");
        }));
        assertThat(json.path("source").asText()).isEqualTo("https://example.com/mail?x=1");
        assertThat(json.path("type").asText()).isEqualTo("com.example.order");
        assertThat(json.has("dataschema")).isFalse();
    }

    @Test
    void whatCannotBeMeantIsRefusedInWords() {
        MailCloudEventsAction action = new MailCloudEventsAction();
        assertThatThrownBy(() -> action.setMode("batch")).hasMessageContaining("use structured or binary");
        assertThatThrownBy(() -> action.setBinding("amqp")).hasMessageContaining("use http or kafka");
        assertThatThrownBy(() -> action.setSource("no uri")).hasMessageContaining("source=no uri cannot be used");
        assertThatThrownBy(() -> action.setType(" ")).hasMessageContaining("give one word");
        assertThatThrownBy(() -> action.setType("a\r\nb")).hasMessageContaining("give one word");
        assertThatThrownBy(() -> action.setDataSchema("/mail-1.json")).hasMessageContaining("with its scheme");
    }
}
