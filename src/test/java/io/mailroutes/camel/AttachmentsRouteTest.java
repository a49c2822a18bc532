package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.camel.action.AttachmentHeaders;
import io.mailroutes.message.Mail;
import java.net.ConnectException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code mail-attachments-action} in whole routes. */
@Timeout(90)
class AttachmentsRouteTest extends MailboxRoutes {
    private static final String MAIL = """
            From: jane@example.org
            Subject: three
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b

            see there
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../../a.pdf"

            first
            --b
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename="B.PDF"
            Content-Transfer-Encoding: base64

            c2Vjb25k
            --b
            Content-Type: image/png
            Content-Disposition: inline; filename="logo.png"

            third
            --b--
            """;
    private static final String ROUTE = """
            - route:
                id: parts
                from:
                  uri: mailbox:box
                  parameters: { maximumAttempts: 2 }
                  steps:
                    - kamelet:
                        name: mail-attachments-action
                        parameters: { types: application/pdf, names: "*.pdf" }
                        steps:
                          - to: direct:part
                    - to: mock:after
            """;

    private final List<String> tried = new CopyOnWriteArrayList<>();

    private static String redelivering() {
        return "- routeConfiguration: { id: again, onException: [ { onException: { exception:"
                + " [java.lang.Exception], redeliveryPolicy: { maximumRedeliveries: 2, redeliveryDelay: 1 } } } ] }\n"
                + ROUTE.replace("id: parts\n", "id: parts\n    routeConfigurationId: again\n");
    }

    private void append() {
        server.append(
                MailboxHost.USER, MAIL.replace("\n", "\r\n").getBytes(UTF_8), Instant.parse("2026-03-01T10:00:00Z"));
    }

    private static String part(Exchange exchange) {
        return exchange.getMessage().getHeader(AttachmentHeaders.INDEX) + " "
                + exchange.getMessage().getBody(String.class);
    }

    private MailboxHost run(String route, Extra error, Processor part) throws Exception {
        append();
        MailboxHost host = host(RunMode.ONCE);
        YamlRoutes.load(host.context(), route);
        return host.start(builder -> {
            error.add(builder);
            builder.from("direct:part").errorHandler(builder.noErrorHandler()).process(part);
        });
    }

    interface Extra {
        void add(RouteBuilder builder);
    }

    private static List<Exchange> at(MailboxHost host, String mock) {
        return host.context().getEndpoint(mock, MockEndpoint.class).getExchanges();
    }

    @Test
    void eachAttachmentIsAnExchangeOfItsOwnAndThenTheMailGoesOn() throws Exception {
        try (MailboxHost host = run(ROUTE, b -> {}, exchange -> tried.add(part(exchange)))) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(tried).containsExactly("1 first", "2 second");
            assertThat(at(host, "mock:after")).hasSize(1);
            Message after = at(host, "mock:after").get(0).getMessage();
            assertThat(after.getBody()).isInstanceOf(Mail.class);
            assertThat(after.getHeaders().keySet()).noneMatch(name -> name.startsWith("MailAttachment"));
            assertSeen(host, 1);
        }
    }

    @Test
    void anAttachmentThatFailsFailsTheMailAndAllOfThemComeAgain() throws Exception {
        try (MailboxHost host = run(ROUTE, b -> {}, exchange -> {
            tried.add(part(exchange));
            if (tried.size() == 2) {
                throw new IllegalArgumentException("not this time");
            }
        })) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(tried).containsExactly("1 first", "2 second", "1 first", "2 second");
            assertThat(at(host, "mock:after")).hasSize(1);
            assertThat(host.status().delivered()).isEqualTo(1);
        }
    }

    @Test
    void whatFollowsDoesNotSeeAMailOneOfWhoseAttachmentsFailed() throws Exception {
        try (MailboxHost host = run(ROUTE, b -> {}, exchange -> {
            tried.add(part(exchange));
            throw new IllegalArgumentException("never");
        })) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(tried).containsExactly("1 first", "1 first");
            assertThat(at(host, "mock:after")).isEmpty();
            assertThat(deadLetters()).hasSize(1);
            assertThat(host.status().delivered()).isZero();
        }
    }

    @Test
    void aSinkThatIsDownForAnAttachmentIsNoAttemptOfTheMail() throws Exception {
        try (MailboxHost host = run(ROUTE.replace("maximumAttempts: 2", "maximumAttempts: 1"), b -> {}, exchange -> {
            tried.add(part(exchange));
            if (tried.size() < 3) {
                throw new ConnectException("refused");
            }
        })) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(host.status().delivered()).isEqualTo(1);
            assertThat(deadLetters()).isEmpty();
        }
    }

    @Test
    void theRoutesOwnRedeliveryTriesTheAttachmentAndReadsItFromTheStart() throws Exception {
        try (MailboxHost host = run(redelivering(), b -> {}, exchange -> {
            tried.add(part(exchange));
            if (tried.size() < 3) {
                throw new IllegalArgumentException("not yet");
            }
        })) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(tried).containsExactly("1 first", "1 first", "1 first", "2 second");
        }
    }

    @Test
    void whatItGaveUpIsNotTriedAgainByTheStepAround() throws Exception {
        try (MailboxHost host = run(redelivering(), b -> {}, exchange -> {
            tried.add(part(exchange));
            throw new IllegalArgumentException("never");
        })) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(tried).as("two attempts, each with two redeliveries").hasSize(6);
            assertThat(Files.readString(deadLetters().get(0).resolve("meta.json")))
                    .contains("java.lang.IllegalArgumentException", "never");
        }
    }

    @Test
    void stepsThatEndForOneAttachmentGoOnForTheNext() throws Exception {
        try (MailboxHost host = run(ROUTE, b -> {}, exchange -> {
            tried.add(part(exchange));
            exchange.setRouteStop(true);
        })) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(tried).containsExactly("1 first", "2 second");
            assertThat(at(host, "mock:after")).hasSize(1);
            assertThat(host.status().delivered()).isEqualTo(1);
        }
    }

    @Test
    void aRollbackOfOneAttachmentWithoutAnExceptionIsNoDelivery() throws Exception {
        try (MailboxHost host = run(ROUTE, b -> {}, exchange -> exchange.setRollbackOnly(true))) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(host.status().delivered()).isZero();
            assertThat(deadLetters()).hasSize(1);
        }
    }

    @Test
    void asAStepWithoutStepsInsideItIsRefusedBeforeAnyMailIsRead() throws Exception {
        append();
        try (MailboxHost host = host(RunMode.ONCE)) {
            YamlRoutes.load(host.context(), """
                    - route:
                        id: wrong
                        from:
                          uri: mailbox:box
                          steps:
                            - to: { uri: kamelet:mail-attachments-action, parameters: { types: application/pdf } }
                            - to: mock:part
                    """);
            assertThatThrownBy(() -> host.start(builder -> {}))
                    .hasStackTraceContaining("route wrong: mail-attachments-action hands each attachment to the steps");
            assertThat(host.installation().watched()).isEmpty();
        }
    }
}
