package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text in the charsets of real mail never fails: at worst it is replaced, with a note. */
class CharsetTest {
    private static Mail mail(String label, byte[] bytes) {
        return Mails.mail("Content-Type: text/plain; charset=\"" + label
                + "\"\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getEncoder().encodeToString(bytes));
    }

    private static Mail hex(String label, String hex) {
        return mail(label, HexFormat.ofDelimiter(" ").parseHex(hex));
    }

    @ParameterizedTest
    @CsvSource({
        "GB18030, 𠮷野家",
        "gb2312, 朱镕基",
        "Big5, 中文",
        "ISO-2022-JP, 日本語①",
        "Shift_JIS, ①髙﨑",
        "EUC-JP, 日本語",
        "EUC-KR, 똠방각하",
        "windows-1250, Łódź",
        "windows-1251, Привет",
        "windows-1252, “€” naïve",
        "windows-1253, Ελλάδα",
        "windows-1254, İstanbul ş",
        "windows-1255, שלום",
        "windows-1256, مرحبا",
        "windows-1257, Žemaitė",
        "windows-1258, Việt",
        "windows-874, ไทย",
        "KOI8-R, Привет",
        "KOI8-U, Їжак",
        "ISO-8859-15, €uro",
        "UTF-16, bom ü",
        "UTF-32BE, ü",
    })
    void theCharsetsOfRealMailAreRead(String label, String text) {
        String java =
                switch (label) {
                    case "gb2312" -> "GB18030";
                    case "ISO-2022-JP" -> "x-windows-iso2022jp";
                    case "Shift_JIS" -> "windows-31j";
                    case "EUC-KR" -> "x-windows-949";
                    case "windows-874" -> "x-windows-874";
                    default -> label;
                };
        String known = label.equals("windows-1258") ? "Viet" : text;
        Mail mail = mail(label, known.getBytes(Charset.forName(java)));
        assertThat(mail.text()).contains(known);
        assertThat(mail.parseError()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'Hi Mom -+Jjo--!', Hi Mom -☺-!",
        "'+ZeVnLIqe-', 日本語",
        "'1 +- 1', 1 + 1",
        "'A+ImIDkQ.', A≢Α.",
        "'+2DzfYg-', 🍢"
    })
    void utf7IsRead(String encoded, String text) {
        Mail mail = mail("UTF-7", encoded.getBytes(ISO_8859_1));
        assertThat(mail.text()).contains(text);
        assertThat(mail.parseError()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+A-", "+", "+!", "+AGEA-", "+2AA-"})
    void brokenUtf7IsReplacedWithANote(String encoded) {
        Mail mail = mail("utf-7", encoded.getBytes(ISO_8859_1));
        assertThat(mail.text()).hasValueSatisfying(text -> assertThat(text).contains("\uFFFD"));
        if (!encoded.equals("+2AA-")) {
            assertThat(mail.parseError()).contains("part 1: bytes that are not UTF-7 were replaced");
        }
    }

    @Test
    void windowsTextThatSaysIsoIsReadAsItWasMeant() {
        Mail mail = hex("iso-8859-1", "93 41 94 80 E9");
        assertThat(mail.text()).contains("“A”€é");
        assertThat(mail.parseError()).isEmpty();
    }

    @Test
    void whatIsNotOfTheCharsetIsReplacedWithANote() {
        Mail mail = hex("utf-8", "C3 BC FF 41");
        assertThat(mail.text()).contains("ü\uFFFDA");
        assertThat(mail.parseError()).contains("part 1: bytes that are not UTF-8 were replaced");
        assertThat(hex("windows-1252", "41 81").text()).contains("A\uFFFD");
        assertThat(hex("shift_jis", "41 81").parseError()).isPresent();
        assertThat(hex("iso-2022-jp", "1B 24 42 FF FF").parseError()).isPresent();
        assertThat(hex("gb18030", "41 81").text())
                .hasValueSatisfying(text -> assertThat(text).startsWith("A"));
    }

    @Test
    void textThatSaysUtf8AndHasNoneOfItIsReadAsWindowsText() {
        Mail mail = hex("utf-8", "63 61 66 E9 20 80");
        assertThat(mail.text()).contains("café €");
        assertThat(mail.parseError())
                .hasValueSatisfying(note -> assertThat(note).contains("says UTF-8 and was read as windows-1252"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "klingon",
                "x-unknown",
                "none",
                "",
                " ",
                "8bit",
                "utf8mb4",
                "\\\\",
                "_",
                "-",
                "hz-gb-2312",
                "csUnicode",
                "x-compound_text",
                "x-JISAutoDetect",
                "ISO-2022-CN",
                "iso-2022-cn-gb"
            })
    void anUnknownCharsetIsGuessed(String label) {
        assertThat(hex(label, "67 72 C3 BC C3 9F").text()).isPresent();
        assertThat(hex(label, "67 72 FC DF 80").text()).isPresent();
        assertThat(hex(label, "").parseError()).isNotNull();
    }

    @Test
    void everyCharsetOfThisJavaIsSurvived() {
        byte[] bytes = new byte[512];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 7);
        }
        for (String name : Charset.availableCharsets().keySet()) {
            Mail mail = mail(name, bytes);
            assertThat(mail.text()).as(name).isPresent();
            assertThat(mail.parseError()).as(name).isNotNull();
        }
    }

    @Test
    void anEncodedWordInUtf7AndOneInAnUnknownCharsetAreText() {
        Mail mail = Mails.mail("Subject: =?utf-7?Q?+AOk-?= =?klingon?B?w7w=?=\n\n");
        assertThat(mail.envelope().subject()).contains("éü");
    }

    @Test
    void aJapaneseMailIsReadThroughout() throws IOException {
        Mail mail = Fixtures.mail("japanese.eml");
        assertThat(mail.text()).contains("日本語のメール①");
        assertThat(mail.envelope().subject()).contains("日本語のメール");
        assertThat(mail.envelope().from().get(0).name()).contains("山田");
        assertThat(mail.parseError()).isEmpty();
    }
}
