package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MailJsonTest {
    private static JsonNode json(Mail mail) throws IOException {
        return new ObjectMapper().readTree(MailJson.of(mail));
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void whatGmailTellsIsAnObjectOfItsOwn() throws IOException {
        Mail plain = Mails.mail("Subject: s\n\ntext");
        GmailIds gmail = new GmailIds(-1, OptionalLong.of(12), List.of("\\Inbox", "a,b"));
        Mail mail = Mail.of(
                plain.key(), plain.flags(), plain.internalDate(), plain.raw(), MailLimits.DEFAULT, Optional.of(gmail));
        assertThat(json(mail).get("gmail"))
                .hasToString("{\"messageId\":\"18446744073709551615\",\"threadId\":\"12\","
                        + "\"labels\":[\"\\\\Inbox\",\"a,b\"]}");
        assertThat(json(plain).has("gmail")).isFalse();
    }

    @Test
    void everythingOfAMailIsThereInAFixedOrder() throws IOException {
        JsonNode json = json(Mails.mail("""
                Message-ID: <1@x>
                In-Reply-To: <0@x>
                References: <0@x>
                Date: Fri, 2 Jan 2026 04:04:05 +0100
                Subject: s
                From: Jane <jane@example.com>
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain

                text
                --b
                Content-Type: text/html

                <p>html
                --b
                Content-Type: application/pdf; name="r\u00E9.pdf"
                Content-ID: <c@x>

                abc
                """));
        assertThat(fields(json))
                .containsExactly(
                        "version",
                        "key",
                        "account",
                        "folder",
                        "uidValidity",
                        "uid",
                        "flags",
                        "internalDate",
                        "size",
                        "sha256",
                        "messageId",
                        "inReplyTo",
                        "references",
                        "date",
                        "subject",
                        "from",
                        "sender",
                        "replyTo",
                        "to",
                        "cc",
                        "bcc",
                        "text",
                        "textFrom",
                        "html",
                        "attachments",
                        "calendar",
                        "facts",
                        "senderTrust",
                        "headers",
                        "parseError");
        assertThat(json.path("version").asInt()).isEqualTo(1);
        assertThat(json.path("uidValidity").asLong()).isEqualTo(7);
        assertThat(json.path("flags").get(0).asText()).isEqualTo("\\Seen");
        assertThat(json.path("internalDate").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(json.path("date").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(json.path("from").toString()).isEqualTo("[{\"name\":\"Jane\",\"address\":\"jane@example.com\"}]");
        assertThat(json.path("text").asText()).isEqualTo("text");
        assertThat(json.path("headers").get(4).toString()).isEqualTo("{\"name\":\"Subject\",\"value\":\"s\"}");
        assertThat(json.path("attachments").get(0).toString())
                .isEqualTo(
                        "{\"path\":\"3\",\"name\":\"r_.pdf\",\"originalName\":\"ré.pdf\",\"type\":\"application/pdf\","
                                + "\"size\":5,\"sha256\":\""
                                + Sha256.hex(new MemoryContent("abc\r\n".getBytes("UTF-8")))
                                + "\",\"contentId\":\"c@x\",\"inline\":true}");
    }

    @Test
    void whatIsMissingIsLeftOutAndListsAreEmpty() throws IOException {
        JsonNode json = json(Mails.mail("Content-Type: image/png\n\nx"));
        assertThat(fields(json))
                .doesNotContain("messageId", "inReplyTo", "date", "subject", "text", "html", "parseError")
                .contains("references", "from", "bcc", "attachments", "headers", "flags");
        assertThat(json.path("to").isArray()).isTrue();
        assertThat(json.path("attachments").get(0).has("originalName")).isFalse();
    }

    @Test
    void theDigestIsOfTheRawBytes() throws IOException {
        assertThat(json(Mails.mail("abc".getBytes("US-ASCII"))).path("sha256").asText())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void halfACharacterDoesNotBreakIt() throws IOException {
        Mail mail = Mails.mail("Content-Type: text/html\nSubject: =?utf-16be?b?2AA=?=\n\n<p>&#xD800;\u0000&lt;</p>");
        assertThat(json(mail).path("subject").asText()).isEqualTo("\uFFFD");
        assertThat(json(mail).path("text").asText()).endsWith("<");
    }
}
