package io.mailroutes.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes/examples/bounces-to-json-lines.camel.yaml}. */
@Timeout(90)
class BouncesToJsonLinesTest {
    private static final String BOUNCE = """
            Return-Path: <>
            From: MAILER-DAEMON@example.org
            Subject: Undelivered Mail ${sysenv.PATH}
            Auto-Submitted: auto-replied
            CamelFileName: evil
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: text/plain

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; nobody@example.net
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 no such user

            --b
            Content-Type: message/rfc822

            Message-ID: <sent-1@example.com>
            Subject: what was sent

            text
            --b--
            """;

    @TempDir
    private Path directory;

    @Test
    void deliveryReportsAreLinesAndOtherMailsAreNot() throws Exception {
        try (ExampleHost host = new ExampleHost("bounces-to-json-lines", "bounces", directory)) {
            host.append(BOUNCE);
            host.append("From: a@example.org\nSubject: bounced?\n\nno report\n");
            host.append(BOUNCE.replace("nobody@", "someone@"));
            host.start();
            host.awaitDelivered(3);
            assertThat(host.failed()).isZero();
            assertThat(host.files()).containsExactly("bounces.jsonl");
            assertThat(lines(host))
                    .extracting(line -> line.at("/facts/deliveryReport/recipients/0/finalRecipient")
                            .asText())
                    .containsExactly("nobody@example.net", "someone@example.net");
            JsonNode report = lines(host).get(0).at("/facts/deliveryReport");
            assertThat(report.at("/recipients/0/status").asText()).isEqualTo("5.1.1");
            assertThat(report.at("/originalMessageId").asText()).isEqualTo("<sent-1@example.com>");
            assertThat(lines(host).get(0).get("subject").asText()).isEqualTo("Undelivered Mail ${sysenv.PATH}");
        }
    }

    @Test
    void halfALineThatACrashLeftSpoilsNoOther() throws Exception {
        Files.createDirectories(directory.resolve("out"));
        Files.writeString(directory.resolve("out").resolve("bounces.jsonl"), "\n{\"key\":\"half a li");
        try (ExampleHost host = new ExampleHost("bounces-to-json-lines", "bounces", directory)) {
            host.append(BOUNCE);
            host.start();
            host.awaitDelivered(1);
            assertThat(Files.readAllLines(host.out().resolve("bounces.jsonl")))
                    .hasSize(3)
                    .startsWith("", "{\"key\":\"half a li");
            assertThat(new ObjectMapper()
                            .readTree(Files.readAllLines(host.out().resolve("bounces.jsonl"))
                                    .get(2))
                            .has("key"))
                    .isTrue();
        }
    }

    private static List<JsonNode> lines(ExampleHost host) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(host.out().resolve("bounces.jsonl"))) {
            if (!line.isEmpty()) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }
}
