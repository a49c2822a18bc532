package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailroutes.message.Schema;
import io.mailroutes.sandbox.SandboxMailServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom an account trusts is known behind both doors, down to the JSON. */
@Timeout(90)
class SenderTrustRouteTest {
    private static final String MAIL = """
            Authentication-Results: mx.example.com; dmarc=pass header.from=bank.example
            Received: from bank.example ([192.0.2.1]) by mx.example.com
            From: Bank <office@bank.example>
            Subject: s
            CamelFileName: ../../x
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Disposition: attachment; filename="../../${sysenv.HOME}"

            AAEC
            --b--
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"mx.example.com, pass", "mx.example.net, unknown", "off, unknown"})
    void behindMailbox(String trusted, String verdict) throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        Installation.Terms once = new Installation.Terms(RunMode.ONCE, false, Clock.systemUTC(), MailboxHost.SHORTEST);
        try (SandboxMailServer server = MailboxHost.server();
                MailboxHost host =
                        new MailboxHost(server.imapPort(), directory, once, Map.of("authserv-id", trusted))) {
            server.append(MailboxHost.USER, MAIL.replace("\n", "\r\n").getBytes(UTF_8), Instant.EPOCH);
            host.start(builder -> builder.from("mailbox:box")
                    .to("kamelet:mail-json-action?attachments=base64")
                    .process(exchange -> bodies.add(exchange.getMessage().getBody(String.class))));
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
        }
        assertThat(bodies).hasSize(1);
        check(bodies.get(0), verdict);
    }

    @Test
    void behindStockImaps() throws Exception {
        try (StockHost host = new StockHost(directory.resolve("data"))) {
            host.account("authserv-id", "mx.example.com");
            host.append(MAIL);
            host.install();
            host.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(host.uri()).to("kamelet:mail-json-action?attachments=base64", "mock:received");
                }
            });
            MockEndpoint received = host.context.getEndpoint("mock:received", MockEndpoint.class);
            received.expectedMessageCount(1);
            host.context.start();
            received.assertIsSatisfied();
            check(received.getExchanges().get(0).getMessage().getBody(String.class), "pass");
        }
    }

    private static void check(String body, String verdict) throws Exception {
        JsonNode json = Schema.valid(body.getBytes(UTF_8), "json");
        assertThat(json.at("/senderTrust/verdict").asText()).isEqualTo(verdict);
        assertThat(json.at("/attachments/0/name").asText()).doesNotContain("..", "$");
        assertThat(new String(json.at("/attachments/0/base64").binaryValue(), UTF_8))
                .startsWith("AAEC");
    }
}
