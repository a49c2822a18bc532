package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Mail;
import io.mailroutes.testing.Await;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stock {@code imap:} behind an account, on a mail server that believes the authorization server. */
class StockDoorTest {
    static final String PLAIN = """
            From: Jane <jane@example.org>
            To: support@example.com
            Subject: =?utf-8?q?gr=C3=BC=C3=9Fe?=
            Date: Mon, 2 Nov 2026 09:30:00 +0000
            Message-ID: <1@example.org>
            Content-Type: text/plain

            Good day
            """;
    private static final String ILLEGAL = PLAIN.replace("<1@", "<2@")
            .replace("text/plain", "text/plain; charset=x-no-such\nContent-Transfer-Encoding: base64")
            .replace("Good day", "R29v*ZC!BkYXk=");
    private static final String WITH_ATTACHMENTS = """
            From: jane@example.org
            Subject: two of one name
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            see there
            --b
            Content-Type: application/pdf; name="a.pdf"
            Content-Disposition: attachment; filename="a.pdf"

            first
            --b
            Content-Type: application/pdf; name="a.pdf"
            Content-Disposition: attachment; filename="a.pdf"

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

    private void route(String from, String... to) throws Exception {
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(from).routeId("stock").to(to).to("mock:received");
            }
        });
    }

    @Test
    void aRouteReceivesTheMailWithOurHeadersOnly() throws Exception {
        host.append(PLAIN);
        host.install();
        route(host.uri());
        received.expectedMessageCount(1);
        host.context.start();

        received.assertIsSatisfied();
        Exchange exchange = received.getExchanges().get(0);
        assertThat(exchange.getIn().getHeaders())
                .containsEntry(MailHeaders.ACCOUNT, "support")
                .containsEntry(MailHeaders.FOLDER, "INBOX")
                .containsEntry(MailHeaders.SUBJECT, "grüße")
                .containsEntry(MailHeaders.FROM, "jane@example.org")
                .containsEntry(MailHeaders.MESSAGE_ID, "<1@example.org>")
                .allSatisfy((name, value) -> assertThat(name).startsWith("Mail"));
        Mail mail = exchange.getIn().getBody(Mail.class);
        assertThat(exchange.getIn().getHeader(MailHeaders.KEY))
                .isEqualTo(mail.key().text())
                .asString()
                .startsWith("support/INBOX/");
        assertThat(exchange.getIn().getBody(byte[].class))
                .isEqualTo(PLAIN.replace("\n", "\r\n").getBytes(UTF_8));
        assertThat(exchange.getIn().getBody(String.class)).isEqualTo("Good day\n");
        Await.until("seen", () -> host.ask("EXAMINE INBOX", "SEARCH SEEN").contains("* SEARCH 1"));
    }

    @Test
    void everyAttachmentIsThereAlsoASecondOneOfTheSameName() throws Exception {
        host.append(WITH_ATTACHMENTS);
        host.install();
        route(host.uri());
        received.expectedMessageCount(1);
        host.context.start();

        received.assertIsSatisfied();
        AttachmentMessage message = received.getExchanges().get(0).getIn(AttachmentMessage.class);
        assertThat(message.getAttachmentObjects()).hasSize(2).allSatisfy((name, attachment) -> assertThat(name)
                .endsWith("a.pdf"));
        assertThat(message.getAttachmentObjects().values())
                .extracting(
                        one -> new String(one.getDataHandler().getInputStream().readAllBytes(), UTF_8))
                .containsExactly("first", "second");
    }

    @Test
    void aMailThatCannotBeParsedDoesNotStopItsNeighbours() throws Exception {
        host.append(PLAIN);
        host.append(ILLEGAL);
        host.append(PLAIN.replace("<1@", "<3@"));
        host.install();
        route(host.uri());
        received.expectedMessageCount(3);
        host.context.start();

        received.assertIsSatisfied();
        assertThat(received.getExchanges().get(1).getIn().getHeader(MailHeaders.PARSE_ERROR))
                .isNotNull();
    }

    @Test
    void aMailThatItsRouteRefusesStaysUnseenAndItsNeighboursArrive() throws Exception {
        host.append(PLAIN.replace("<1@", "<refused@"));
        host.append(PLAIN);
        host.install();
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(host.uri())
                        .filter(header(MailHeaders.MESSAGE_ID).contains("refused"))
                        .throwException(new IllegalStateException("not this one"))
                        .end()
                        .to("mock:received");
            }
        });
        received.expectedMessageCount(1);
        host.context.start();

        received.assertIsSatisfied();
        Await.until("one seen", () -> host.ask("EXAMINE INBOX", "SEARCH SEEN").contains("* SEARCH 2"));
        assertThat(host.ask("EXAMINE INBOX", "SEARCH UNSEEN")).contains("* SEARCH 1");
    }

    @Test
    void aCopyForAnotherThreadIsWholeAfterTheFolderWasClosed() throws Exception {
        host.append(WITH_ATTACHMENTS);
        host.install();
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(host.uri()).setHeader("MyOwn", constant("kept")).to("seda:later");
                from("seda:later?pollTimeout=100")
                        .autoStartup(false)
                        .routeId("later")
                        .to("mock:received");
            }
        });
        received.expectedMessageCount(1);
        host.context.start();
        Await.until("seen", () -> host.ask("EXAMINE INBOX", "SEARCH SEEN").contains("* SEARCH 1"));
        host.context.getRouteController().startRoute("later");

        received.assertIsSatisfied();
        Exchange late = received.getExchanges().get(0);
        assertThat(late.getIn().getBody(String.class)).contains("see there");
        assertThat(late.getIn().getHeader("MyOwn")).isEqualTo("kept");
        assertThat(late.getIn(AttachmentMessage.class).getAttachmentObjects()).hasSize(2);
    }

    @Test
    void aTokenThatEndedMeanwhileIsReplacedForTheSecondConnectionThatMovingNeeds() throws Exception {
        host.authorization.tokenLife(Duration.ofMinutes(1));
        host.install();
        route(host.uri("moveTo=Archive", "delete=true"));
        host.context.start();
        Await.until("connected", () -> host.authorization.tokensIssued().size() == 1);

        host.clock.advance(Duration.ofMinutes(5));
        received.expectedMessageCount(1);
        host.append(PLAIN);
        received.assertIsSatisfied();

        Await.until("made", () -> host.ask("LIST \"\" *").toString().contains("Archive"));
        Await.until("moved", () -> host.ask("EXAMINE Archive", "SEARCH ALL").contains("* SEARCH 1"));
        Await.until("gone", () -> host.ask("EXAMINE INBOX", "SEARCH ALL").contains("* SEARCH"));
        assertThat(received.getExchanges()).hasSize(1);
    }

    @Test
    void otherEndpointsOfTheHostStayAsTheyAre() throws Exception {
        host.install();
        MailEndpoint with = host.context.getEndpoint(
                "imaps://imap.example.com?username=u&password=p&folderName=A&maxMessagesPerPoll=7", MailEndpoint.class);
        MailEndpoint ours =
                host.context.getEndpoint(host.uri("folderName=B", "maxMessagesPerPoll=7"), MailEndpoint.class);

        assertThat(with).isExactlyInstanceOf(MailEndpoint.class);
        assertThat(with.getConfiguration().getSession()).isNull();
        assertThat(with.getConfiguration().isMapMailMessage()).isTrue();
        assertThat(with.getHeaderFilterStrategy()).isNotInstanceOf(StrictHeaderFilter.class);
        assertThat(ours.getHeaderFilterStrategy()).isInstanceOf(StrictHeaderFilter.class);
        assertThat(ours.getMaxMessagesPerPoll()).isEqualTo(7);
        assertThat(ours.getDelay()).isEqualTo(100);
        assertThat(ours.getConfiguration().getFolderName()).isEqualTo("B");
    }

    @Test
    void anExchangeThatIsMadeWithoutPollingHasNoHeaderOfASenderEither() throws Exception {
        host.install();
        MailEndpoint ours = host.context.getEndpoint(host.uri(), MailEndpoint.class);
        MimeMessage hostile = new MimeMessage(Session.getInstance(new Properties()));
        hostile.setText("text");
        hostile.setHeader("camelFileName", "owned.txt");
        hostile.setHeader("delete", "true");
        hostile.saveChanges();

        assertThat(ours.createExchange(hostile).getIn().getHeaders())
                .doesNotContainKeys("CamelFileName", "delete", "Message-ID");
    }

    @Test
    void largeMailsLeaveNoTemporaryFileBehind() throws Exception {
        String large = "0123456789abcdef".repeat(4) + "\n";
        host.append(PLAIN.replace("Good day", large.repeat(300_000)));
        host.install();
        route(host.uri(), "file:" + directory.resolve("out") + "?fileName=large.eml");
        received.expectedMessageCount(1);
        host.context.start();

        received.assertIsSatisfied();
        assertThat(Files.size(directory.resolve("out/large.eml"))).isGreaterThan(19_000_000);
        Await.until(
                "the spool is empty", () -> mails(directory.resolve("data/tmp")).isEmpty());
    }

    private static List<Path> mails(Path spool) throws IOException {
        try (Stream<Path> files = Files.walk(spool)) {
            return files.filter(file -> file.toString().endsWith(".eml")).toList();
        }
    }

    @Test
    void pollEnrichAsksTheSameGuardedEndpoint() throws Exception {
        host.append(PLAIN);
        host.install();
        host.context.start();

        Endpoint endpoint = host.context.getEndpoint(host.uri());
        assertThat(endpoint).isInstanceOf(StockEndpoint.class);
        Exchange polled = host.context.createConsumerTemplate().receive(endpoint, 20_000);
        assertThat(polled.getIn().getBody()).isInstanceOf(Mail.class);
    }
}
