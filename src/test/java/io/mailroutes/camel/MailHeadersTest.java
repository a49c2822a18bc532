package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailroutes.message.GmailIds;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a route sees of a mail: headers and conversions. */
class MailHeadersTest {
    private static final byte[] HOSTILE = ("From: =?utf-8?q?A=0D=0AX:_1?= <ann@example.com>, b@example.com\r\n"
                    + "To: joe@example.com\r\nSubject: =?utf-8?q?a=0D=0AX-Inj:_1=E2=80=AE?=\r\n"
                    + "CamelFileName: ../../evil\r\nCamelHttpUri: http://evil\r\ndelete: true\r\nMailKey: forged\r\n"
                    + "MailAccount: other\r\nAuthorization: Bearer x\r\nMessage-ID: <1@x>\r\n"
                    + "Date: Mon, 2 Nov 2026 10:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                    + "gr\u00fc\u00dfe\r\n")
            .getBytes(UTF_8);

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void whatGmailTellsIsInHeadersOfItsOwn() {
        Mail plain = TestMails.of(7, HOSTILE);
        GmailIds gmail = new GmailIds(-1, OptionalLong.of(12), List.of("\\Inbox", "a,b", "c\r\nd"));
        Map<String, Object> headers = headers(
                Mail.of(plain.key(), Set.of(), Instant.EPOCH, plain.raw(), MailLimits.DEFAULT, Optional.of(gmail)));
        assertThat(headers)
                .containsEntry("MailGmailMessageId", "18446744073709551615")
                .containsEntry("MailGmailThreadId", "12")
                .containsEntry("MailGmailLabels", "\\Inbox,a b,c d");
    }

    @Test
    void theHeadersAreOursAndNothingThatASenderWroteNamesOne() {
        Map<String, Object> headers = headers(TestMails.of(7, HOSTILE));
        assertThat(headers)
                .containsOnlyKeys(
                        "MailAccount",
                        "MailFolder",
                        "MailUidValidity",
                        "MailUid",
                        "MailKey",
                        "MailSize",
                        "MailInternalDate",
                        "MailDate",
                        "MailMessageId",
                        "MailSubject",
                        "MailFrom",
                        "MailTo",
                        "MailReplyTo",
                        "MailReferences")
                .containsEntry("MailAccount", "box")
                .containsEntry("MailKey", "box/INBOX/1/7")
                .containsEntry("MailUid", 7L)
                .containsEntry("MailUidValidity", 1L)
                .containsEntry("MailSize", (long) HOSTILE.length)
                .containsEntry("MailFrom", "ann@example.com,b@example.com");
    }

    @Test
    void noValueHasALineEndOrACharacterThatTurnsTextAround() {
        assertThat(headers(TestMails.of(7, HOSTILE)).values()).allSatisfy(value -> assertThat(value.toString())
                .doesNotContainPattern("[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]"));
    }

    @Test
    void whatIsNoMailAtAllHasHeadersToo() {
        assertThat(headers(TestMails.of(7, new byte[0]))).containsKeys("MailKey", "MailSize");
        assertThat(headers(TestMails.of(7, new byte[] {0, 1, 2, -1}))).containsKeys("MailKey", "MailSize");
    }

    @Test
    void bytesAndStreamsAreTheRawMailAndAStringIsItsText() throws Exception {
        Mail mail = TestMails.of(7, HOSTILE);
        TypeConverter converter = context.getTypeConverter();
        assertThat(converter.mandatoryConvertTo(byte[].class, mail)).isEqualTo(HOSTILE);
        assertThat(converter.mandatoryConvertTo(InputStream.class, mail)).hasBinaryContent(HOSTILE);
        assertThat(converter.mandatoryConvertTo(String.class, mail)).isEqualToIgnoringNewLines("gr\u00fc\u00dfe");
        assertThat(converter.mandatoryConvertTo(JsonNode.class, mail).isObject())
                .isTrue();
        assertThat(converter.mandatoryConvertTo(MimeMessage.class, mail).getMessageID())
                .isEqualTo("<1@x>");
    }

    @Test
    void theJsonActionReplacesTheMailByJson() throws Exception {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(TestMails.of(7, HOSTILE));
        new MailJsonAction().process(exchange);
        assertThat(exchange.getMessage().getBody()).isInstanceOf(String.class);
        assertThat(exchange.getMessage().getBody(String.class)).contains("gr\u00fc\u00dfe");
        assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    }

    private Map<String, Object> headers(Mail mail) {
        return new RouteMessage(new DefaultExchange(context), mail).getHeaders();
    }
}
