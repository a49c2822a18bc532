package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.camel.action.AttachmentHeaders;
import io.mailroutes.message.Mail;
import io.mailroutes.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The actions behind stock {@code imap:}, as behind {@code mailbox:}. */
@Timeout(90)
class StockActionsTest {
    private static final String MAIL = """
            From: "boss@example.com" <jane@example.org>
            Subject: order 7
            CamelFileName: ../../evil
            Message-ID: <1@example.org>
            Content-Type: multipart/mixed; boundary=b

            --b

            see there
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../../a.pdf"

            first
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../../a.pdf"

            second
            --b--
            """;

    @TempDir
    private Path directory;

    private StockHost host;
    private MockEndpoint received;

    @BeforeEach
    void start() {
        host = new StockHost(directory.resolve("data"));
        received = host.context.getEndpoint("mock:received", MockEndpoint.class);
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    private void run(String steps) throws Exception {
        host.install();
        YamlRoutes.load(host.context, """
                - route:
                    id: stock
                    errorHandler: { noErrorHandler: {} }
                    from:
                      uri: "FROM"
                      steps:
                """.replace("FROM", host.uri()) + steps.indent(12));
        host.context.start();
    }

    private void awaitSeen(String uids) {
        Await.until("seen", () -> host.ask("EXAMINE INBOX", "SEARCH SEEN").contains("* SEARCH " + uids));
    }

    @Test
    void eachAttachmentIsAFileByStockFileComponent() throws Exception {
        host.append(MAIL);
        Path out = directory.resolve("out");
        run("""
                - kamelet:
                    name: mail-attachments-action
                    parameters: { names: "*.pdf" }
                    steps:
                      - to: { uri: "file:OUT", parameters: { fileName: "${header.MailAttachmentFile}" } }
                      - to: mock:received
                """.replace("OUT", out.toString()));
        received.expectedMessageCount(2);
        received.assertIsSatisfied();
        awaitSeen("1");
        Exchange first = received.getExchanges().get(0);
        assertThat(first.getMessage().getHeader(AttachmentHeaders.KEY))
                .asString()
                .startsWith("support/INBOX/")
                .endsWith("#1");
        assertThat(MailBodies.find(first).flatMap(mail -> mail.envelope().subject()))
                .contains("order 7");
        Path folder = out.resolve(first.getMessage().getHeader(AttachmentHeaders.FILE, String.class))
                .getParent();
        assertThat(folder.resolve("1-a.pdf")).hasContent("first");
        assertThat(folder.resolve("2-a.pdf")).hasContent("second");
        assertThat(directory.resolve("evil")).doesNotExist();
    }

    @Test
    void aMailOneOfWhoseAttachmentsFailsStaysUnseenAndComesAgain() throws Exception {
        host.append(MAIL);
        List<String> tried = new CopyOnWriteArrayList<>();
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:part").errorHandler(noErrorHandler()).process(exchange -> {
                    tried.add(exchange.getMessage().getBody(String.class));
                    if (tried.size() == 2) {
                        throw new IllegalStateException("not this time");
                    }
                });
            }
        });
        run("""
                - kamelet:
                    name: mail-attachments-action
                    steps:
                      - to: direct:part
                - to: mock:received
                """);
        received.expectedMessageCount(1);
        received.assertIsSatisfied();
        awaitSeen("1");
        assertThat(tried).containsExactly("first", "second", "first", "second");
        assertThat(received.getExchanges().get(0).getMessage().getBody()).isInstanceOf(Mail.class);
    }

    @Test
    void aDeadLetterRouteFindsTheMailOfAnAttachment() throws Exception {
        host.append(MAIL);
        List<String> letters = new CopyOnWriteArrayList<>();
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dead")
                        .errorHandler(noErrorHandler())
                        .process(exchange -> letters.add(
                                MailBodies.find(exchange).orElseThrow().key().text()));
            }
        });
        host.install();
        YamlRoutes.load(host.context, """
                - route:
                    id: stock
                    errorHandler: { deadLetterChannel: { deadLetterUri: "direct:dead", useOriginalMessage: USE } }
                    from:
                      uri: "FROM"
                      steps:
                        - kamelet:
                            name: mail-attachments-action
                            steps:
                              - throwException: { exceptionType: java.lang.IllegalStateException, message: no }
                """.replace("FROM", host.uri()).replace("USE", "false"));
        host.context.start();
        awaitSeen("1");
        assertThat(letters).isNotEmpty().allMatch(key -> key.startsWith("support/INBOX/"));
    }

    @Test
    void whatIsFilteredOutIsDoneWith() throws Exception {
        host.append(MAIL);
        host.append(MAIL.replace("jane@example.org", "boss@example.com"));
        run("""
                - to: { uri: kamelet:mail-filter-action, parameters: { sender: boss@example.com } }
                - to: mock:received
                """);
        received.expectedMessageCount(1);
        received.assertIsSatisfied();
        awaitSeen("1 2");
        assertThat(received.getExchanges()).hasSize(1);
        assertThat(received.getExchanges().get(0).getMessage().getHeader(MailHeaders.UID))
                .isEqualTo(2L);
    }

    @Test
    void anEventIsTheSameAsBehindTheMailbox() throws Exception {
        host.append(MAIL);
        run("""
                - to: { uri: kamelet:mail-cloudevents-action, parameters: { mode: binary, binding: kafka } }
                - to: mock:received
                """);
        received.expectedMessageCount(1);
        received.assertIsSatisfied();
        awaitSeen("1");
        assertThat(received.getExchanges().get(0).getMessage().getHeaders())
                .hasSize(8)
                .containsEntry("ce_source", "mailroutes:support/INBOX")
                .containsEntry("content-type", "application/json");
    }

    @Test
    void aLargeAttachmentIsStreamed() throws Exception {
        String line = "0123456789abcdef".repeat(4) + "\n";
        host.append(MAIL.replace("second\n", line.repeat(300_000)));
        Path out = directory.resolve("large");
        run("""
                - kamelet:
                    name: mail-attachments-action
                    steps:
                      - to: { uri: "file:OUT", parameters: { fileName: "${header.MailAttachmentIndex}" } }
                      - to: { uri: "file:OUT/again", parameters: { fileName: "${header.MailAttachmentIndex}" } }
                """.replace("OUT", out.toString()));
        awaitSeen("1");
        assertThat(Files.size(out.resolve("2"))).isGreaterThan(19_000_000);
        assertThat(Files.mismatch(out.resolve("2"), out.resolve("again/2"))).isEqualTo(-1);
    }
}
