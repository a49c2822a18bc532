package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
    private static final String MIXED = """
            Content-Type: multipart/mixed; boundary=b

            preamble
            --b
            Content-Type: multipart/alternative; boundary="b2"

            --b2
            Content-Type: text/plain; charset=utf-8

            plain
            --b2
            Content-Type: text/html

            <p>html</p>
            --b2--
            --b
            Content-Type: image/png; name="../evil/logo.png"
            Content-ID: <logo@x>
            Content-Transfer-Encoding: base64

            AAEC
            --b
            Content-Type: message/rfc822

            Subject: inner
            Content-Type: multipart/mixed; boundary=inner

            --inner

            inner text
            --inner--
            --b
            Content-Type: text/plain
            Content-Disposition: attachment; filename=notes.txt

            notes
            --b

            second text
            --b--
            epilogue
            """;

    static byte[] read(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] bytes = in.readAllBytes();
            assertThat(content.size()).isEqualTo(bytes.length);
            return bytes;
        }
    }

    private static String textOf(Attachment attachment) throws IOException {
        return new String(read(attachment.content()), ISO_8859_1);
    }

    @Test
    void everyLeafThatIsNotTheBodyIsAnAttachment() throws IOException {
        Mail mail = Mails.mail(MIXED);
        assertThat(mail.text()).contains("plain");
        assertThat(mail.html()).contains("<p>html</p>");
        assertThat(mail.parseError()).isEmpty();
        assertThat(mail.attachments())
                .extracting(Attachment::path, Attachment::safeName, Attachment::type, Attachment::inline)
                .containsExactly(
                        tuple("2", "logo.png", "image/png", true),
                        tuple("3", "part.eml", "message/rfc822", false),
                        tuple("4", "notes.txt", "text/plain", false),
                        tuple("5", "part.txt", "text/plain", false));
        assertThat(mail.attachments().get(0).originalName()).contains("../evil/logo.png");
        assertThat(mail.attachments().get(0).contentId()).contains("logo@x");
        assertThat(read(mail.attachments().get(0).content())).containsExactly(0, 1, 2);
        assertThat(textOf(mail.attachments().get(1)))
                .startsWith("Subject: inner\r\n")
                .endsWith("--inner--");
        assertThat(textOf(mail.attachments().get(3))).isEqualTo("second text");
    }

    @Test
    void htmlAloneGivesReadableText() {
        Mail mail = Mails.mail("""
                Content-Type: text/html; charset=utf-8

                <html><head><title>t</title><style>p {}</style></head><body>
                <p>Dear   &Auml;nne,</p><p>one<br>two</p>
                <ul><li>a</li><li>b</li></ul><table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>
                <script>alert(1)</script><pre>x
                  y</pre></body></html>
                """);
        assertThat(mail.text()).contains("Dear Änne,\n\none\ntwo\n\n- a\n- b\n\n1 2\n3\n\nx\n  y");
        assertThat(mail.html()).isPresent();
        assertThat(mail.attachments()).isEmpty();
    }

    @Test
    void aBlankTextGivesWayToTheHtml() {
        Mail mail = Mails.mail(
                "Content-Type: multipart/alternative; boundary=b\n\n--b\n\n \n--b\nContent-Type: text/html\n\n<p>x\n--b--\n");
        assertThat(mail.text()).contains("x");
        assertThat(mail.attachments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "gb2312,GB18030,中文鎔",
        "shift_jis,windows-31j,日本①",
        "iso-2022-jp,ISO-2022-JP,日本",
        "euc-kr,x-windows-949,한국어",
        "ks_c_5601-1987,x-windows-949,한국어",
        "big5,Big5,中文",
        "windows-1251,windows-1251,Привет",
        "koi8-r,KOI8-R,Привет",
        "iso-8859-8-i,ISO-8859-8,שלום",
        "iso-8859-15,ISO-8859-15,€",
        "macintosh,x-MacRoman,é",
        "UTF8,UTF-8,ü",
        "utf-16le,UTF-16LE,ü",
        "cp1252,windows-1252,€",
        "us-ascii,UTF-8,ü"
    })
    void textIsReadInTheCharsetThatWasMeant(String label, String charset, String text) {
        String encoded = Base64.getEncoder().encodeToString(text.getBytes(Charset.forName(charset)));
        Mail mail = Mails.mail("Content-Type: text/plain; charset=\"" + label
                + "\"\nContent-Transfer-Encoding: base64\n\n" + encoded + "\n");
        assertThat(mail.text()).contains(text);
        assertThat(mail.parseError()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-unknown", "NONE", "utf-7", "\"\"", "=?utf-8?q?x?=", "' '"})
    void anUnusableCharsetNeverCostsTheText(String label) {
        Mail mail = Mails.bytes("Content-Type: text/plain; charset=" + label + "\n\ncaf\u00E9\n");
        assertThat(mail.text()).contains("café\n");
        assertThat(mail.parseError()).isPresent();
    }

    @Test
    void controlCharactersAreReplacedAndNoted() {
        Mail mail = Mails.bytes("Content-Type: text/plain\n\na\u0000b\u001B[31m\u007F\t\fc\n");
        assertThat(mail.text()).contains("a\uFFFDb\uFFFD[31m\uFFFD\t\fc\n");
        assertThat(mail.parseError()).contains("part 1: control characters were replaced");
    }

    @Test
    void bytesThatAreNotOfTheCharsetAreReplacedAndNoted() {
        Mail mail = Mails.bytes("Content-Type: text/plain; charset=utf-8\n\ncaf\u00C3\u00A9\u00E9!\n");
        assertThat(mail.text()).contains("café\uFFFD!\n");
        assertThat(mail.parseError()).contains("part 1: bytes that are not UTF-8 were replaced");
    }

    @Test
    void anUnknownTransferEncodingLeavesTheBytes() {
        Mail mail = Mails.mail("Content-Transfer-Encoding: x-gzip64\n\nas it is\n");
        assertThat(mail.text()).contains("as it is\n");
        assertThat(mail.parseError()).hasValueSatisfying(e -> assertThat(e).contains("Content-Transfer-Encoding"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7-bit", "8bits", "binary", "7bit;", "(none) 8bit", ""})
    void aMisspeltIdentityIsIdentity(String encoding) {
        Mail mail = Mails.mail("Content-Transfer-Encoding: " + encoding + "\n\na=20b\n");
        assertThat(mail.text()).contains("a=20b\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Quoted-Printable", "quoted printable", "quoted-printable;", "\"quoted-printable\""})
    void aMisspeltQuotedPrintableIsDecoded(String encoding) {
        Mail mail = Mails.mail("Content-Transfer-Encoding: " + encoding + "\n\na=20b\n");
        assertThat(mail.text()).contains("a b\n");
    }

    @Test
    void aFewIllegalCharactersInBase64AreSkipped() {
        String body = Base64.getEncoder().encodeToString("a".repeat(90).getBytes(UTF_8));
        Mail mail = Mails.mail(
                "Content-Transfer-Encoding: base64\n\n" + body.substring(0, 40) + "!" + body.substring(40) + "\n");
        assertThat(mail.text()).contains("a".repeat(90));
        assertThat(mail.parseError()).contains("part 1: 1 characters are not base64");
    }

    @Test
    void whatIsNotBase64AtAllIsLeftUndecoded() {
        Mail mail = Mails.mail("Content-Transfer-Encoding: base64\n\n*** Not, in any way, base64! ***\n");
        assertThat(mail.text()).contains("*** Not, in any way, base64! ***\n");
        assertThat(mail.parseError()).hasValueSatisfying(e -> assertThat(e).contains("undecoded"));
    }

    @Test
    void oneBadPartDoesNotSpoilItsNeighbours() throws IOException {
        Mail mail = Mails.mail("""
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: text/plain; charset=x-bad
                Content-Transfer-Encoding: nonsense

                text
                --b
                Content-Type: ;;;=;"
                Content-Disposition: =?utf-8?Q?invalid?=; filename=a.bin
                Content-Transfer-Encoding: base64

                !!!
                --b
                Content-Type: application/pdf; name=good.pdf

                good
                --b--
                """);
        assertThat(mail.text()).contains("text");
        assertThat(mail.attachments()).extracting(Attachment::safeName).containsExactly("a.bin", "good.pdf");
        assertThat(textOf(mail.attachments().get(0))).isEqualTo("!!!");
        assertThat(textOf(mail.attachments().get(1))).isEqualTo("good");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename=\"a b.txt\"|a b.txt",
                "filename=a b.txt|a b.txt",
                "filename*=utf-8''%C3%BC.txt|ü.txt",
                "filename*=iso-8859-1'en'%FC.txt|ü.txt",
                "filename*0=\"one \"; filename*1=\"two.txt\"|one two.txt",
                "filename*0*=utf-8''%C3; filename*1*=%BC; filename*2=.txt|ü.txt",
                "filename*1=b; filename*0=a|ab",
                "filename=plain.txt; filename*=utf-8''better.txt|better.txt",
                "filename=\"=?utf-8?B?w7w=?=.txt\"|ü.txt",
                "filename=\"C:\\temp\\x.txt\"|C:\\temp\\x.txt",
                "filename=\"say \\\"hi\\\".txt\"|say \"hi\".txt",
                "filename=\"never closed.txt|never closed.txt",
                ";; filename=x.txt;|x.txt",
                "FileName = x.txt|x.txt",
                "filename*=utf-8''%00%0d%0a%E2%80%AE.txt|.txt",
                "filename*=%41.txt|A.txt",
                "filename*999999999999999=x; name=y|``"
            })
    void aFileNameIsReadHoweverItIsWritten(String parameters, String name) {
        Mail mail = Mails.mail("Content-Type: image/png\nContent-Disposition: attachment; " + parameters + "\n\nx\n");
        assertThat(mail.attachments().get(0).originalName())
                .isEqualTo(Optional.of(name).filter(n -> !n.isEmpty()));
    }

    @Test
    void uuencodedPartsAreDecoded() throws IOException {
        Mail mail = Mails.mail(
                "Content-Type: image/png\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n#0V%T\n`\nend\n");
        assertThat(textOf(mail.attachments().get(0))).isEqualTo("Cat");
        assertThat(mail.parseError()).isEmpty();
    }

    @Test
    void softBreaksAndTrailingSpacesOfQuotedPrintableAreDropped() {
        Mail mail = Mails.mail("Content-Transfer-Encoding: quoted-printable\n\none=\n two  \nthree=20\n=C3=BC =ZZ =\n");
        assertThat(mail.text()).contains("one two\nthree \nü =ZZ ");
    }

    @Test
    void whatIsWrongWithAnAttachmentIsSaidBeforeAndAfterItIsRead() throws IOException {
        String raw = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + "QUJD".repeat(30) + "!QUI\n";
        Mail unread = Mails.mail(raw);
        assertThat(unread.parseError()).contains("part 1: 1 characters are not base64");
        Mail read = Mails.mail(raw);
        assertThat(textOf(read.attachments().get(0))).isEqualTo("ABC".repeat(30) + "AB");
        assertThat(read.parseError()).isEqualTo(unread.parseError());
    }

    /** The clean fours of a line are decoded together: whatever stands at any place between them must not matter. */
    @Test
    void garbageAtAnyPlaceOfBase64IsSkipped() throws IOException {
        String clean =
                Base64.getEncoder().encodeToString("The quick brown fox jumps over the lazy dog".getBytes(UTF_8));
        for (int at = 0; at <= clean.length() - 4; at++) {
            String altered = clean.substring(0, at) + "\n-" + clean.substring(at);
            Mail mail = Mails.mail("Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + altered);
            assertThat(textOf(mail.attachments().get(0)))
                    .as(altered)
                    .isEqualTo("The quick brown fox jumps over the lazy dog");
        }
    }
}
