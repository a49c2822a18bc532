package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mail-filter-action} and {@code mail-cloudevents-action} in whole routes, as steps and around steps. */
@Timeout(90)
class ActionsRouteTest extends MailboxRoutes {
    private static final String AS_A_STEP = """
            - route:
                id: r
                from:
                  uri: mailbox:box
                  steps:
                    - to:
                        uri: kamelet:NAME
                        parameters: { OPTIONS }
                    - to: mock:out
            """;
    private static final String AROUND_STEPS = """
            - route:
                id: r
                from:
                  uri: mailbox:box
                  steps:
                    - kamelet:
                        name: NAME
                        parameters: { OPTIONS }
                        steps:
                          - to: mock:out
            """;
    private static final String WITH_ATTACHMENT = """
            From: jane@example.org
            Subject: order 7
            CamelHttpUri: http://evil.example
            ce-id: forged
            Content-Type: multipart/mixed; boundary=b

            --b

            text
            --b
            Content-Disposition: attachment; filename=a.txt

            x
            --b--
            """;

    private void append(String mail) {
        server.append(
                MailboxHost.USER, mail.replace("\n", "\r\n").getBytes(UTF_8), Instant.parse("2026-03-01T10:00:00Z"));
    }

    private MailboxHost run(String route, String name, String options) throws Exception {
        MailboxHost host = host(RunMode.ONCE);
        YamlRoutes.load(host.context(), route.replace("NAME", name).replace("OPTIONS", options));
        host.start(builder -> {});
        return host;
    }

    private static List<Exchange> out(MailboxHost host) {
        return at(host, "mock:out");
    }

    private static List<Exchange> at(MailboxHost host, String mock) {
        return host.context().getEndpoint(mock, MockEndpoint.class).getExchanges();
    }

    @ParameterizedTest
    @ValueSource(strings = {AS_A_STEP, AROUND_STEPS})
    void whatIsFilteredOutIsDeliveredWithoutAWord(String route) throws Exception {
        MailboxHost.append(server, "a", "b of the many", "c");
        try (MailboxHost host = run(route, "mail-filter-action", "subject: 'x|b *'")) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(out(host)).hasSize(1);
            assertThat(subject(out(host).get(0))).isEqualTo("b of the many");
            assertThat(host.status().delivered()).isEqualTo(3);
            assertThat(deadLetters()).isEmpty();
            assertSeen(host, 3);
        }
    }

    @Test
    void allOptionsOfTheFilterGoThroughTheKamelet() throws Exception {
        append(WITH_ATTACHMENT);
        String options =
                "sender: 'x@y.example, example.org', recipient: '', subject: order, minSize: 10, maxSize: 9999,"
                        + " hasAttachment: true, attachmentName: '*.txt', attachmentType: 'text/*', senderTrust: 'unknown,none',"
                        + " olderThan: 1h, newerThan: 20000d, autoSubmitted: false, list: false, invert: false";
        try (MailboxHost host = run(AS_A_STEP, "mail-filter-action", options)) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(out(host)).hasSize(1);
        }
    }

    @Test
    void aFilterAroundTheStepsOfOneBranchLeavesTheOthersAlone() throws Exception {
        MailboxHost.append(server, "a");
        String route = """
                - route:
                    id: r
                    from:
                      uri: mailbox:box
                      steps:
                        - multicast:
                            stopOnException: true
                            steps:
                              - kamelet:
                                  name: mail-filter-action
                                  parameters: { subject: never }
                                  steps:
                                    - to: mock:filtered
                              - to: mock:out
                        - to: mock:after
                """;
        try (MailboxHost host = run(route, "-", "-")) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(out(host)).hasSize(1);
            assertThat(at(host, "mock:filtered")).isEmpty();
            assertThat(at(host, "mock:after")).hasSize(1);
        }
    }

    @Test
    void inAPipeTheFilterKeepsItFromTheSink() throws Exception {
        MailboxHost.append(server, "a", "b");
        try (MailboxHost host = host(RunMode.ONCE)) {
            PluginHelper.getRoutesLoader(host.context()).loadRoutes(ResourceHelper.fromString("test.pipe.yaml", """
                    apiVersion: camel.apache.org/v1
                    kind: Pipe
                    metadata: { name: filtered }
                    spec:
                      source:
                        ref: { kind: Kamelet, apiVersion: camel.apache.org/v1, name: mailbox-source }
                        properties: { account: box }
                      steps:
                        - ref: { kind: Kamelet, apiVersion: camel.apache.org/v1, name: mail-filter-action }
                          properties: { subject: a }
                      sink:
                        uri: mock:out
                    """));
            host.start(builder -> {});
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(out(host)).hasSize(1);
            assertThat(host.status().delivered()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "maxSize: -1", "hasAttachment: perhaps", "senderTrust: good", "olderThan: soon"})
    void aFilterThatCannotBeMeantIsRefusedBeforeAnyMailIsRead(String options) throws Exception {
        MailboxHost.append(server, "a");
        assertThatThrownBy(() -> run(AS_A_STEP, "mail-filter-action", options).close())
                .hasStackTraceContaining("mail-filter-action: ");
        try (MailboxHost host = once("mailbox:box")) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(arrived).as("not even tried").containsExactly("a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {AS_A_STEP, AROUND_STEPS})
    void anEventHasNothingOfTheMailBesideIt(String route) throws Exception {
        append(WITH_ATTACHMENT);
        try (MailboxHost host = run(route, "mail-cloudevents-action", "mode: binary")) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            Exchange event = out(host).get(0);
            assertThat(event.getMessage().getHeaders().keySet())
                    .allMatch(name -> name.startsWith("ce-") || name.equals("Content-Type"))
                    .hasSize(8);
            assertThat(event.getMessage().getHeader("ce-id")).asString().startsWith("box/INBOX/");
            assertThat(event.getMessage(AttachmentMessage.class).hasAttachments())
                    .isFalse();
            assertThat(event.getMessage().getBody(String.class)).contains("\"subject\":\"order 7\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: batch", "binding: amqp", "source: 'no uri'", "dataSchema: relative"})
    void anEventThatCannotBeMeantIsRefusedAtTheStart(String options) {
        assertThatThrownBy(
                        () -> run(AS_A_STEP, "mail-cloudevents-action", options).close())
                .hasStackTraceContaining("mail-cloudevents-action: ");
    }
}
