package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.MailFacts.Recipient;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailFactsTest {
    private static MailFacts facts(String header) {
        return Mails.mail(header + "\n\ntext").facts();
    }

    private static MailFacts report(String fields) {
        return Mails.mail(
                        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nbounced\n--b\n"
                                + "Content-Type: message/delivery-status\n\n" + fields + "\n--b--\n")
                .facts();
    }

    @ParameterizedTest
    @CsvSource({
        "Auto-Submitted: no, no, false",
        "Auto-Submitted: Auto-Generated, auto-generated, true",
        "auto-submitted: auto-replied; owner-email=x, auto-replied, true",
        "Auto-Submitted: auto-notified (by cron), auto-notified, true",
        "Auto-Submitted: (none), , false",
        "Auto-Submitted:, , false",
        "X-Auto-Submitted: auto-replied, , false",
    })
    void whatAMachineWroteSaysSo(String header, String keyword, boolean automatic) {
        assertThat(facts(header).autoSubmitted()).isEqualTo(Optional.ofNullable(keyword));
        assertThat(facts(header).isAutomatic()).isEqualTo(automatic);
    }

    @Test
    void aListIsNamedAndItsDangerousAddressesAreNot() {
        var list = facts("List-Id: =?utf-8?q?N=C3=A9ws?= <news.example.org>\nList-Unsubscribe: <javascript:alert(1)>,"
                        + " <mailto:leave@example.org?subject=x>,<file:///etc/passwd>, <HTTPS://example.org/a>")
                .list()
                .orElseThrow();
        assertThat(list.id()).contains("news.example.org");
        assertThat(list.unsubscribe()).containsExactly("mailto:leave@example.org?subject=x", "HTTPS://example.org/a");
        assertThat(list.oneClick()).isFalse();
        assertThat(facts("List-Id: bare.example.org").list().orElseThrow().id()).contains("bare.example.org");
        assertThat(facts("List-Unsubscribe: <ftp://x>").list()).isEmpty();
    }

    @Test
    void aNewsletterIsKnownByItsList() throws IOException {
        Mail mail = Fixtures.mail("newsletter.eml");
        var list = mail.facts().list().orElseThrow();
        assertThat(list.id()).contains("weekly.news.example.org");
        assertThat(list.unsubscribe()).hasSize(2);
        assertThat(list.oneClick()).isTrue();
        assertThat(mail.facts().precedence()).contains("bulk");
        assertThat(mail.facts().isAutomatic()).isFalse();
        assertThat(mail.isTextFromHtml()).isTrue();
        assertThat(mail.text()).contains("News\n\nOne\ntwo\n\n- three");
    }

    @Test
    void aBounceTellsOfEachRecipient() throws IOException {
        var report = Fixtures.mail("bounce.eml").facts().deliveryReport().orElseThrow();
        assertThat(report.reportingMta()).contains("mx.example.net");
        assertThat(report.originalMessageId()).contains("<offer-7@example.com>");
        assertThat(report.recipients())
                .containsExactly(
                        new Recipient(
                                Optional.of("jane@example.net"),
                                Optional.of("jane+old@example.net"),
                                Optional.of("failed"),
                                Optional.of("5.1.1"),
                                Optional.of("smtp; 550 5.1.1 <jane@example.net>: user unknown"),
                                Optional.of("inner.example.net")),
                        new Recipient(
                                Optional.of("joe@example.net"),
                                Optional.empty(),
                                Optional.of("delayed"),
                                Optional.of("4.4.1"),
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void aReadReceiptIsNoBounce() throws IOException {
        MailFacts facts = Fixtures.mail("receipt.eml").facts();
        assertThat(facts.deliveryReport()).isEmpty();
        assertThat(facts.disposition().orElseThrow().originalMessageId()).contains("<offer-7@example.com>");
        assertThat(facts.disposition().orElseThrow().disposition())
                .contains("manual-action/MDN-sent-manually; displayed");
        assertThat(facts.isAutomatic()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "\n\n\n",
                ": : :",
                "Final-Recipient",
                "Status: 5.1.1",
                "Reporting-MTA: ;",
                "From x\nReporting-MTA: dns"
            })
    void aReportWithoutARecipientHasNone(String fields) {
        assertThat(report(fields).deliveryReport().orElseThrow().recipients()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Action: failed, failed,",
        "'Final-Recipient: jane@x\nStatus: 5.1.1000', , ",
        "'Final-Recipient: ;\nStatus: 2.0.0 (ok)', , 2.0.0",
        "'Final-Recipient: rfc822;a@x\nStatus: ok', , ",
        "'Final-Recipient: rfc822;a@x\nStatus: 9.9.9', , "
    })
    void whatIsInNoFormIsLeftOut(String fields, String action, String status) {
        Recipient recipient =
                report(fields).deliveryReport().orElseThrow().recipients().get(0);
        assertThat(recipient.action()).isEqualTo(Optional.ofNullable(action));
        assertThat(recipient.status()).isEqualTo(Optional.ofNullable(status));
    }

    @Test
    void aReportThatIsForwardedAsAnAttachmentIsNotThisMailsReport() {
        Mail mail = Mails.mail("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n"
                + "Content-Type: multipart/report; boundary=c\n\n--c\nContent-Type: message/delivery-status\n\n"
                + "Final-Recipient: rfc822;a@x\n--c--\n--b--\n");
        assertThat(mail.facts().deliveryReport()).isEmpty();
    }

    @Test
    void tenThousandRecipientsEndAtTheLimit() {
        String many = "Final-Recipient: rfc822; a@example.com\nAction: failed\n\n".repeat(10_000);
        assertThat(report(many).deliveryReport().orElseThrow().recipients()).hasSizeBetween(100, 101);
    }

    @Test
    void anEncodedReportIsDecoded() {
        Mail mail = Mails.mail("Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
                + "RmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGFAeApBY3Rpb246IGZhaWxlZAo=");
        assertThat(mail.facts().deliveryReport().orElseThrow().recipients())
                .extracting(Recipient::finalRecipient)
                .isEqualTo(List.of(Optional.of("a@x")));
    }
}
