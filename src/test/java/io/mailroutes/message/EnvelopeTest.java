package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {
    private static Envelope envelope(String header) {
        return Mails.mail(header + "\n\nbody\n").envelope();
    }

    private static Address address(String name, String address) {
        return new Address(Optional.of(name).filter(n -> !n.isEmpty()), address);
    }

    @Test
    void readsWhatAnOrdinaryMailSays() {
        Envelope envelope = envelope("""
                Message-ID: <1@x>
                In-Reply-To: <0@x>
                References: <a@x>
                 <b@x>
                Date: Fri, 2 Jan 2026 04:04:05 +0100
                Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
                From: "Doe, Jane" <jane@example.com>
                To: a@example.com, Bob <b@example.com>
                Cc: team: c@example.com, d@example.com;""");
        assertThat(envelope.messageId()).contains("<1@x>");
        assertThat(envelope.inReplyTo()).contains("<0@x>");
        assertThat(envelope.references()).containsExactly("<a@x>", "<b@x>");
        assertThat(envelope.date()).contains(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(envelope.subject()).contains("Grüße");
        assertThat(envelope.from()).containsExactly(address("Doe, Jane", "jane@example.com"));
        assertThat(envelope.to()).containsExactly(address("", "a@example.com"), address("Bob", "b@example.com"));
        assertThat(envelope.cc()).containsExactly(address("", "c@example.com"), address("", "d@example.com"));
        assertThat(envelope.bcc()).isEmpty();
        assertThat(envelope.headers()).hasSize(8);
    }

    @Test
    void theFirstSubjectAndTheFirstFromCount() {
        Envelope envelope = envelope("Subject: one\nFrom: a@x\nSubject: two\nFrom: b@x");
        assertThat(envelope.subject()).contains("one");
        assertThat(envelope.from()).containsExactly(address("", "a@x"));
        assertThat(envelope.headers()).extracting(Envelope.Header::value).containsExactly("one", "a@x", "two", "b@x");
    }

    @Test
    void anEncodedLineBreakInjectsNothing() {
        Envelope envelope =
                envelope("Subject: =?utf-8?q?a=0D=0AX-Injected:_1?=\nFrom: =?utf-8?q?x=0D=0ABcc:_e@x?= <a@x>");
        assertThat(envelope.subject()).contains("a X-Injected: 1");
        assertThat(envelope.from()).containsExactly(address("x Bcc: e@x", "a@x"));
        assertThat(envelope.headers()).extracting(Envelope.Header::name).containsExactly("Subject", "From");
    }

    @Test
    void controlsAndBidirectionalMarksAreRemoved() {
        Envelope envelope = envelope("Subject: a\u0000b\u001B[31mc\u0007\u009B\u202Edcba\u2066x\u200F\tend");
        assertThat(envelope.subject()).contains("ab[31mcdcbax end");
    }

    @Test
    void aLongValueIsCutWithoutTearingACharacter() {
        Envelope envelope = envelope("Subject: " + "x".repeat(997) + "😀".repeat(10));
        assertThat(envelope.subject()).contains("x".repeat(997));
        assertThat(envelope("X-Long: " + "y".repeat(5000)).headers().get(0).value())
                .hasSize(998);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "=?UTF-8?B?w7w=?= =?UTF-8?B?w7w=?=|üü",
                "=?UTF-8?B?ww==?= =?UTF-8?B?vA==?=|ü",
                "=?UTF-8?Q?a?=b=?UTF-8?Q?c?=|abc",
                "=?utf-8*en?q?a_b?=|a b",
                "=?gb2312?B?1tDOxA==?=|中文",
                "=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=|日本",
                "=?utf-8?x?abc?=|=?utf-8?x?abc?=",
                "=?utf-8?q?broken|=?utf-8?q?broken",
                "=?=?=?|=?=?=?",
                "=?utf-8?b?w7w?=|ü",
                "=?utf-8?q?=ZZ?=|=ZZ"
            })
    void encodedWordsAreReadAsRealMailWritesThem(String raw, String decoded) {
        assertThat(envelope("Subject: " + raw).subject()).contains(decoded);
    }

    @Test
    void anUnknownCharsetIsReadAndNoted() {
        Mail mail = Mails.mail("Subject: =?x-martian?q?hello?=\n\nbody\n");
        assertThat(mail.envelope().subject()).contains("hello");
        assertThat(mail.parseError())
                .hasValueSatisfying(error -> assertThat(error).contains("unknown charset x-martian"));
    }

    @Test
    void rawEightBitHeadersAreReadAsUtf8OrElseLatin1() {
        assertThat(Mails.bytes("Subject: Gr\u00C3\u00BC\u00DF\n\n").envelope().subject())
                .contains("GrÃ¼ß");
        assertThat(Mails.bytes("Subject: Gr\u00C3\u00BC\n\n").envelope().subject())
                .contains("Grü");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a@x, , b@x,|a@x b@x",
                "\"never closed <a@x>, b@x|a@x b@x",
                "(never closed a@x|a@x",
                "<a@x|a@x",
                "<@relay,@other:a@x>|a@x",
                "a@x; b@x|a@x b@x",
                "undisclosed-recipients:;|``",
                "Foo Bar a@x|a@x",
                "a@[IPv6:2001:db8::1]|a@[IPv6:2001:db8::1]",
                "root|root",
                "J <j@machine(comment).  example>|j@machine.example",
                "=?utf-8?q?Doe,_Jane:_(x?= <a@x>, b@x|a@x b@x",
                "a@x@y|a@x@y",
                "\"a@y\" <a@x>|a@x",
                "a(comment (nested))@x|a@x",
                "<>|``"
            })
    void aBrokenAddressListYieldsWhatCanBeHad(String raw, String addresses) {
        List<String> found =
                envelope("To: " + raw).to().stream().map(Address::address).toList();
        assertThat(String.join(" ", found)).isEqualTo(addresses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "Wed, 15 Dec 2010    59:10 -0500", "2026", "((((((("})
    void whatIsNoDateIsLeftOut(String date) {
        assertThat(envelope("Date: " + date).date()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Fri, 2 Jan 2026 04:04:05 +0100|2026-01-02T03:04:05Z",
                "2 Jan 2026 04:04:05 -0530|2026-01-02T09:34:05Z",
                "Fri, 02 Jan 2026 04:04 GMT|2026-01-02T04:04:00Z",
                "Fri, 2 Jan 2026 04:04:05 +0100 (CET)|2026-01-02T03:04:05Z",
                "Thu, 29 Feb 2024 23:59:59 +0000|2024-02-29T23:59:59Z",
                "fri,  2 jan 2026 04:04:05 EST|2026-01-02T09:04:05Z",
                "Sat, 30 Feb 2026 00:00:00 +0000|2026-03-02T00:00:00Z"
            })
    void aDateIsReadInEveryForm(String date, Instant instant) {
        assertThat(envelope("Date: " + date).date()).contains(instant);
    }

    @Test
    void anObsoleteDateIsRead() {
        Instant date = Instant.parse("1997-11-21T15:55:06Z");
        assertThat(envelope("Date: Fri, 21 Nov 97 09(comment):   55  :  06 CST").date())
                .contains(date);
    }

    @Test
    void aMailWithoutAHeaderIsAllBody() {
        Mail mail = Mails.mail("Just words, no header.\nMore.\n");
        assertThat(mail.envelope().headers()).isEmpty();
        assertThat(mail.text()).contains("Just words, no header.\nMore.\n");
        assertThat(mail.parseError()).isPresent();
    }

    @Test
    void anEmptyMailIsAMail() {
        Mail mail = Mails.mail(new byte[0]);
        assertThat(mail.envelope().subject()).isEmpty();
        assertThat(mail.text()).contains("");
        assertThat(mail.attachments()).isEmpty();
    }

    @Test
    void aLongHeaderBlockIsCutAndNoted() {
        Mail mail = Mails.mail("Subject: first\n" + "X-Fill: 0123456789\n".repeat(20_000) + "To: a@x\n\nthe body\n");
        assertThat(mail.envelope().subject()).contains("first");
        assertThat(mail.envelope().to()).isEmpty();
        assertThat(mail.text()).contains("the body\n");
        assertThat(mail.parseError()).contains("the header block is longer than 262144 bytes and was cut");
    }

    @Test
    void anMboxLineAndSpacesBeforeAColonAreForgiven() {
        Envelope envelope = envelope("From a@x Fri Jan  2 03:04:05 2026\nFrom : b@x\nnonsense\nSubject\t: s");
        assertThat(envelope.from()).containsExactly(address("", "b@x"));
        assertThat(envelope.subject()).contains("s");
    }

    @Test
    void bytesThatCannotBeReadAreNoParseError(@TempDir Path directory) {
        Mail mail = Mails.mail(new FileContent(directory.resolve("gone"), 10), MailLimits.DEFAULT);
        assertThatThrownBy(mail::envelope).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(mail::parseError).isInstanceOf(UncheckedIOException.class);
    }
}
