package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.Mail;
import io.mailroutes.smtp.PermanentSmtpException;
import io.mailroutes.testing.ScriptedSmtpServer;
import io.mailroutes.testing.ScriptedSmtpServer.Transcript;
import jakarta.activation.DataHandler;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stock {@code smtp:} endpoint behind an account: who decides on recipients and headers, and who does not. */
@Timeout(60)
class SmtpRouteTest {
    private static final Transcript TAKES = c ->
            c.greet("AUTH XOAUTH2").expect("AUTH XOAUTH2 .+").send("235 in").takeMails();

    @TempDir
    private Path directory;

    private StockHost host;
    private ScriptedSmtpServer server;

    @BeforeEach
    void start() {
        host = new StockHost(directory.resolve("data"));
        server = ScriptedSmtpServer.plain(TAKES);
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        server.close();
    }

    @Test
    void theOptionsOfTheEndpointSayWhoGetsWhat() throws Exception {
        start(server, "to=ann@example.com", "cc=bob@example.com", "subject=Daily");
        send("Gr\u00fc\u00dfe");

        assertThat(server.received())
                .contains("MAIL FROM:<support@example.com>", "RCPT TO:<ann@example.com>", "RCPT TO:<bob@example.com>");
        assertThat(mail()).contains("Subject: Daily\n", "From: support@example.com\n", "charset=UTF-8");
    }

    @Test
    void noHeaderOfTheExchangeHasASay() throws Exception {
        start(server, "to=ann@example.com", "subject=Daily");
        host.context
                .createProducerTemplate()
                .sendBodyAndHeaders(
                        "direct:out",
                        "text",
                        Map.ofEntries(
                                Map.entry("To", "evil@example.net"),
                                Map.entry("cc", "evil@example.net"),
                                Map.entry("BCC", "evil@example.net"),
                                Map.entry("Reply-To", "evil@example.net"),
                                Map.entry("From", "evil@example.net"),
                                Map.entry("Subject", "evil"),
                                Map.entry("contentType", "evil/type"),
                                Map.entry("Content-Type", "evil/type"),
                                Map.entry("CamelMailAlternativeBody", "evil"),
                                Map.entry("mail.smtp.host", "evil.example.net"),
                                Map.entry("mail.smtp.auth.mechanisms", "LOGIN"),
                                Map.entry("X-Any", "evil")));

        assertThat(server.received())
                .filteredOn(line -> line.startsWith("RCPT"))
                .containsExactly("RCPT TO:<ann@example.com>");
        assertThat(mail()).contains("Subject: Daily").doesNotContainIgnoringCase("evil");
    }

    @Test
    void propertiesOfTheExchangeReplaceTheRecipients() throws Exception {
        start(server, "to=ann@example.com");
        send(
                "text",
                Map.of(
                        Outgoing.TO, "Eve <eve@example.com>, x@example.com",
                        Outgoing.SUBJECT, "Re: \u00dcber",
                        Outgoing.IN_REPLY_TO, "<1@example.com>",
                        Outgoing.REFERENCES, "<0@example.com> rubbish <1@example.com>",
                        Outgoing.REPLY_TO, "desk@example.com",
                        Outgoing.AUTO_SUBMITTED, "auto-replied"));

        assertThat(server.received())
                .filteredOn(line -> line.startsWith("RCPT"))
                .containsExactly("RCPT TO:<eve@example.com>", "RCPT TO:<x@example.com>");
        assertThat(mail())
                .contains(
                        "To: Eve <eve@example.com>, x@example.com\n",
                        "Subject: =?UTF-8?Q?Re:_=C3=9Cber?=\n",
                        "In-Reply-To: <1@example.com>\n",
                        "References: <0@example.com> <1@example.com>\n",
                        "Reply-To: desk@example.com\n",
                        "Auto-Submitted: auto-replied\n");
    }

    @Test
    void aLineBreakInASubjectMakesNoHeader() throws Exception {
        start(server, "to=ann@example.com");
        send(
                "text",
                Map.of(
                        Outgoing.SUBJECT, "a\r\nBcc: evil@example.net\r\n\r\nbody",
                        Outgoing.IN_REPLY_TO, "<a\r\nBcc: evil@example.net>",
                        Outgoing.REFERENCES, "<a@b\r\nX-Evil: 1>"));

        assertThat(mail()).contains("Subject: a").doesNotContain("\nBcc", "\nX-Evil", "In-Reply-To", "References");
        assertThat(server.received())
                .filteredOn(line -> line.startsWith("RCPT"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.com\r\nBcc: evil@example.net",
                "ann@example.com\nRCPT TO:<evil@example.net>",
                "ann@example.com>\tX",
                "not an address",
                "ann@example.com\u013e",
                "ann@example.com\u010aRCPT",
                "ann@example.com evil@example.net"
            })
    void anAddressThatIsNoneSendsNothing(String address) throws Exception {
        start(server, "subject=x");

        assertThatThrownBy(() -> send("text", Map.of(Outgoing.TO, address)))
                .hasRootCauseInstanceOf(jakarta.mail.internet.AddressException.class)
                .rootCause()
                .hasMessageContaining(Outgoing.TO);
        assertThat(server.connections()).isZero();
    }

    @Test
    void aMailWithoutRecipientsIsNotSent() throws Exception {
        start(server, "subject=x");

        assertThatThrownBy(() -> send("text")).rootCause().hasMessageContaining("recipients");
        assertThat(server.connections()).isZero();
    }

    @Test
    void aWholeMailAsTheBodyGoesWhereTheRouteSaysAndNotWhereItsHeadersSay() throws Exception {
        start(server, "to=ann@example.com");
        send(stranger());

        assertThat(server.received())
                .filteredOn(line -> line.startsWith("RCPT"))
                .containsExactly("RCPT TO:<ann@example.com>");
        assertThat(mail()).contains("To: evil@example.net", "hello");
    }

    @Test
    void aWholeMailAsTheBodyIsRefusedWhereTheRouteNamesNobody() throws Exception {
        start(server, "subject=x");

        assertThatThrownBy(() -> send(stranger())).rootCause().hasMessageContaining("not trusted");
        assertThat(server.connections()).isZero();
    }

    @Test
    void aRefusedLoginIsTheExceptionOfTheExchangeAndTheSinksFailure() throws Exception {
        try (var refusing = ScriptedSmtpServer.plain(c ->
                c.greet("AUTH XOAUTH2").expect("AUTH .+").send("535 5.7.3 no").untilClosed())) {
            start(refusing, "to=ann@example.com");
            Throwable failure = failure();
            assertThat(failure).isInstanceOf(PermanentSmtpException.class);
            assertThat(SinkFailure.kind(failure)).isEqualTo(SinkFailure.Kind.SINK);
            assertThat(host.authorization.tokenRequests()).isEqualTo(2);
        }
    }

    @Test
    void aRefusedRecipientIsTheMailsFailure() throws Exception {
        try (var refusing = ScriptedSmtpServer.plain(c -> c.greet("AUTH XOAUTH2")
                .expect("AUTH .+")
                .send("235 in")
                .expect("MAIL .+")
                .send("250 ok")
                .expect("RCPT .+")
                .send("550 5.1.1 no such user")
                .untilClosed())) {
            start(refusing, "to=ann@example.com");
            assertThat(SinkFailure.kind(failure())).isEqualTo(SinkFailure.Kind.MAIL);
        }
    }

    @Test
    void aServerThatHangsUpWhileItTakesAMailMayHaveBeenMadeToByTheMail() throws Exception {
        try (var dropping = ScriptedSmtpServer.plain(
                c -> c.greet("AUTH XOAUTH2").expect("AUTH .+").send("235 in").expect("MAIL .+"))) {
            start(dropping, "to=ann@example.com");
            assertThat(SinkFailure.kind(failure())).isEqualTo(SinkFailure.Kind.SINK_OR_MAIL);
        }
    }

    private Throwable failure() {
        try {
            send("text");
        } catch (CamelExecutionException e) {
            return e.getCause();
        }
        throw new AssertionError("it was sent");
    }

    @Test
    void whatASenderAttachedDoesNotGoBackButWhatTheRouteAttachedGoes() throws Exception {
        start(server, "to=ann@example.com");
        Mail mail = TestMails.of(
                7,
                ("From: a@example.net\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                                + "Content-Type: text/plain; name=evil.txt\r\nContent-Disposition: attachment;"
                                + " filename=evil.txt\r\n\r\nevil\r\n--b--\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        Exchange sent = host.context.createProducerTemplate().send("direct:out", exchange -> {
            exchange.setIn(new RouteMessage(exchange, mail));
            AttachmentMessage message = exchange.getMessage(AttachmentMessage.class);
            message.addAttachment("ours.txt", new DataHandler("ours", "text/plain"));
            message.setBody("answer");
        });

        assertThat(sent.getException()).isNull();
        assertThat(mail()).contains("answer", "ours.txt").doesNotContain("evil");
        assertThat(sent.getMessage(AttachmentMessage.class).getAttachmentNames())
                .hasSize(2);
    }

    private static MimeMessage stranger() throws Exception {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream("From: x@example.net\r\nTo: evil@example.net\r\nSubject: s\r\n\r\nhello\r\n"
                        .getBytes(StandardCharsets.US_ASCII)));
    }

    private String mail() {
        assertThat(server.mails()).hasSize(1);
        return server.mails().get(0);
    }

    private void send(Object body) {
        send(body, Map.of());
    }

    private void send(Object body, Map<String, Object> properties) {
        Exchange done = host.context.createProducerTemplate().send("direct:out", exchange -> {
            exchange.getMessage().setBody(body);
            properties.forEach(exchange::setProperty);
        });
        if (done.getException() != null) {
            throw new CamelExecutionException("not sent", done, done.getException());
        }
    }

    private void install(ScriptedSmtpServer smtp) {
        host.account("smtp-host", "127.0.0.1")
                .account("smtp-port", Integer.toString(smtp.port()))
                .account("smtp-security", "none")
                .install();
    }

    private void start(ScriptedSmtpServer smtp, String... options) throws Exception {
        install(smtp);
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:out")
                        .to("smtp://127.0.0.1:" + smtp.port() + "?authenticator=#support&" + String.join("&", options));
            }
        });
        host.context.start();
    }
}
