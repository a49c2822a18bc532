package io.mailroutes.camel.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.Mail;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailFilterActionTest {
    private static final String PDF = """
            From: a@b.example
            Content-Type: multipart/mixed; boundary=b

            --b

            text
            --b
            Content-Type: %s
            Content-Disposition: %s; filename="%s"

            x
            --b--
            """;

    /** Two days after the mails were received. */
    private final Clock clock = Clock.fixed(ActionMails.RECEIVED.plus(Duration.ofDays(2)), ZoneOffset.UTC);

    private boolean passes(Mail mail, Consumer<MailFilterAction> options) {
        MailFilterAction filter = new MailFilterAction(clock);
        options.accept(filter);
        filter.init();
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(mail);
        boolean passes = filter.matches(exchange);
        assertThat(exchange.isRouteStop()).isEqualTo(!passes);
        return passes;
    }

    private boolean fromPasses(String from, String sender) {
        return passes(ActionMails.with("From: " + from), filter -> filter.setSender(sender));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "boss@example.com|boss@example.com",
                "Boss <BOSS@Example.COM>|boss@example.com",
                "boss@example.com|example.com",
                "boss@example.com|@example.com",
                "boss@mail.example.com|*.example.com",
                "boss@example.com|b*@example.com",
                "boss@example.com|other.example, example.com",
                "x@xn--bcher-kva.example|bücher.example",
                "x@bücher.example|xn--bcher-kva.example",
                "a@example.com, b@example.com|example.com"
            })
    void aSenderIsKnownByAddressOrDomain(String from, String sender) {
        assertThat(fromPasses(from, sender)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"boss@example.com\" <evil@evil.example>|boss@example.com",
                "boss@example.com <evil@evil.example>|example.com",
                "\"boss@example.com\"@evil.example|boss@example.com",
                "\"<boss@example.com>\" <evil@evil.example>|boss@example.com",
                "=?utf-8?q?boss=40example.com?= <evil@evil.example>|boss@example.com",
                "=?utf-8?q?boss=40example.com=3E?= <evil@evil.example>|example.com",
                "(boss@example.com) evil@evil.example|boss@example.com",
                "boss@example.com@evil.example|boss@example.com",
                "boss@example.com.evil.example|example.com",
                "boss@evil-example.com|example.com",
                "boss@sub.example.com|example.com",
                "boss@example.com, evil@evil.example|boss@example.com",
                "Boss of example.com|example.com",
                "boss|example.com",
                "``|example.com",
                "boss@еxample.com|example.com"
            })
    void aNameOrALookAlikeIsNoSender(String from, String sender) {
        assertThat(fromPasses(from, sender)).isFalse();
    }

    @Test
    void twoFromFieldsAreNobody() {
        Mail mail = ActionMails.with("From: boss@example.com\nFrom: evil@evil.example");
        assertThat(passes(mail, filter -> filter.setSender("example.com"))).isFalse();
    }

    @Test
    void aMailWithoutSenderOrSubjectMeetsNoCriterionAndHarmsNothing() {
        Mail mail = ActionMails.mail("");
        assertThat(passes(mail, filter -> filter.setSender("*"))).isFalse();
        assertThat(passes(mail, filter -> filter.setSubject("a"))).isFalse();
        assertThat(passes(mail, filter -> filter.setHasAttachment("false"))).isTrue();
    }

    @Test
    void aRecipientMayBeAnyOfToAndCc() {
        Mail mail = ActionMails.with("To: a@x.example, Sales <sales@example.com>\nCc: c@y.example");
        assertThat(passes(mail, filter -> filter.setRecipient("sales@example.com")))
                .isTrue();
        assertThat(passes(mail, filter -> filter.setRecipient("y.example"))).isTrue();
        assertThat(passes(mail, filter -> filter.setRecipient("z.example"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "Your Invoice 7#invoice#true",
                "=?utf-8?q?gr=C3=BC=C3=9Fe?=#GRÜSSE|grüße#true",
                "Re: order#order *|*order#true",
                "Re: order#order *#false",
                "nothing#invoice|order#false",
                "${env:HOME} {{sys:user.home}}#${env:HOME}#true",
                "x#.#false"
            })
    void aSubjectIsComparedWithoutCaseAndNeverEvaluated(String subject, String pattern, boolean passes) {
        assertThat(passes(ActionMails.with("Subject: " + subject), filter -> filter.setSubject(pattern)))
                .isEqualTo(passes);
    }

    @Test
    void sizesAreThoseOfTheRawMail() {
        Mail mail = ActionMails.with("Subject: s");
        long size = mail.raw().size();
        assertThat(passes(mail, filter -> filter.setMaxSize(size))).isTrue();
        assertThat(passes(mail, filter -> filter.setMaxSize(size - 1))).isFalse();
        assertThat(passes(mail, filter -> filter.setMinSize(size))).isTrue();
        assertThat(passes(mail, filter -> filter.setMinSize(size + 1))).isFalse();
    }

    @Test
    void anAttachmentCountsByWhatItIs() {
        Mail pdf = ActionMails.mail(PDF.formatted("application/pdf", "attachment", "a.pdf"));
        Mail hidden = ActionMails.mail(PDF.formatted("application/octet-stream", "attachment", "../A.PDF"));
        Mail logo = ActionMails.mail(PDF.formatted("image/png", "inline", "logo.png"));
        assertThat(passes(pdf, filter -> filter.setHasAttachment("true"))).isTrue();
        assertThat(passes(logo, filter -> filter.setHasAttachment("true"))).isFalse();
        assertThat(passes(logo, filter -> filter.setHasAttachment("false"))).isTrue();
        assertThat(passes(pdf, filter -> filter.setAttachmentType("application/pdf")))
                .isTrue();
        assertThat(passes(hidden, filter -> filter.setAttachmentType("application/pdf")))
                .isFalse();
        assertThat(passes(hidden, filter -> filter.setAttachmentName("*.pdf"))).isTrue();
        assertThat(passes(logo, filter -> filter.setAttachmentType("image/*"))).isTrue();
    }

    @Test
    void ageIsCountedFromWhenTheServerReceivedIt() {
        Mail mail = ActionMails.with("Date: Mon, 1 Jan 2001 00:00:00 +0000");
        assertThat(passes(mail, filter -> filter.setOlderThan("47h"))).isTrue();
        assertThat(passes(mail, filter -> filter.setOlderThan("3d"))).isFalse();
        assertThat(passes(mail, filter -> filter.setNewerThan("3d"))).isTrue();
        assertThat(passes(mail, filter -> filter.setNewerThan("1d12h"))).isFalse();
    }

    @Test
    void trustIsWhatTheReceivingServerFoundAndNotWhatTheMailSays() {
        String received = "Received: from b.example by mx.example.com with ESMTPS; Tue, 1 Jan 2030 00:00:00 +0000\n";
        Mail trusted = ActionMails.with("Authentication-Results: mx.example.com; dmarc=pass header.from=b.example;"
                + " spf=softfail\n" + received + "From: a@b.example");
        Mail claims = ActionMails.with("Authentication-Results: evil.example; dmarc=pass header.from=b.example\n"
                + received + "From: a@b.example");
        assertThat(passes(trusted, filter -> filter.setSenderTrust("dmarc=pass")))
                .isTrue();
        assertThat(passes(trusted, filter -> filter.setSenderTrust("pass"))).isTrue();
        assertThat(passes(trusted, filter -> filter.setSenderTrust("dmarc=pass,spf=pass")))
                .isFalse();
        assertThat(passes(trusted, filter -> filter.setSenderTrust("spf=softfail,spf=pass")))
                .isTrue();
        assertThat(passes(claims, filter -> filter.setSenderTrust("dmarc=pass")))
                .isFalse();
        assertThat(passes(claims, filter -> filter.setSenderTrust("verdict=pass")))
                .isFalse();
        assertThat(passes(claims, filter -> filter.setSenderTrust("unknown"))).isTrue();
    }

    @Test
    void machinesAndListsAreKnownByTheirFields() {
        Mail machine = ActionMails.with("Auto-Submitted: auto-replied");
        Mail person = ActionMails.with("Auto-Submitted: no");
        Mail list = ActionMails.with("List-Id: <news.example.com>");
        assertThat(passes(machine, filter -> filter.setAutoSubmitted("false"))).isFalse();
        assertThat(passes(person, filter -> filter.setAutoSubmitted("false"))).isTrue();
        assertThat(passes(list, filter -> filter.setList("true"))).isTrue();
        assertThat(passes(person, filter -> filter.setList("true"))).isFalse();
    }

    @Test
    void allCriteriaHaveToBeMetAndInvertTurnsThatRound() {
        Mail mail = ActionMails.with("From: a@b.example\nSubject: order");
        assertThat(passes(mail, filter -> {
                    filter.setSender("b.example");
                    filter.setSubject("order");
                }))
                .isTrue();
        assertThat(passes(mail, filter -> {
                    filter.setSender("b.example");
                    filter.setSubject("invoice");
                }))
                .isFalse();
        assertThat(passes(mail, filter -> {
                    filter.setSender("b.example");
                    filter.setInvert(true);
                }))
                .isFalse();
        assertThat(passes(mail, filter -> {
                    filter.setSubject("invoice");
                    filter.setInvert(true);
                }))
                .isTrue();
    }

    @Test
    void withoutACriterionItIsRefused() {
        MailFilterAction filter = new MailFilterAction();
        filter.setSender("");
        filter.setMaxSize(0);
        filter.setInvert(true);
        assertThatThrownBy(filter::init).hasMessageContaining("mail-filter-action: no criterion is set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dmarc", "dmarc=", "arc=pass", "dmarc=good", "=pass", "verdict=softfail"})
    void trustThatThereIsNotIsRefused(String terms) {
        assertThatThrownBy(() -> new MailFilterAction().setSenderTrust(terms))
                .hasMessageContainingAll("mail-filter-action: senderTrust=", "dmarc=pass");
    }

    @Test
    void whatCannotBeMeantIsRefusedInWords() {
        MailFilterAction filter = new MailFilterAction();
        assertThatThrownBy(() -> filter.setSender(", ,")).hasMessageContaining("sender=, , cannot be used");
        assertThatThrownBy(() -> filter.setMaxSize(-1)).hasMessageContaining("give bytes");
        assertThatThrownBy(() -> filter.setHasAttachment("yes")).hasMessageContaining("use true or false");
        assertThatThrownBy(() -> filter.setOlderThan("soon")).hasMessageContaining("90s, 12h or 7d");
        assertThatThrownBy(() -> filter.setNewerThan("0s")).hasMessageContaining("90s, 12h or 7d");
        assertThatThrownBy(() -> filter.setNewerThan("-5d")).hasMessageContaining("90s, 12h or 7d");
    }
}
