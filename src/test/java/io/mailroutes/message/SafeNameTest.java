package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNameTest {
    private static final String SAFE = "(?![.\\- ])[A-Za-z0-9._ -]{1,80}(?<![. ])";
    private static final String DEVICE = "(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9]) *(\\..*)?";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "../../p|p",
                "..\\..\\p|p",
                "/abs/p|p",
                "C:\\Users\\x\\p.pdf|p.pdf",
                "..|part.pdf",
                ".|part.pdf",
                "...|part.pdf",
                "dir/|part.pdf",
                "n\0ul.txt|n_ul.txt",
                "CON|_CON",
                "con.txt|_con.txt",
                "NUL .txt|_NUL .txt",
                "COM1.tar.gz|_COM1.tar.gz",
                "lpt9|_lpt9",
                "a:b.txt|a_b.txt",
                "-rf|rf",
                "--|part.pdf",
                ".bashrc|bashrc",
                "x\"; rm|x__ rm",
                "evil\u202Etxt.exe|evil_txt.exe",
                "${env:HOME}.txt|__env_HOME_.txt",
                "`  spaced .txt `|spaced .txt",
                "dots...|dots",
                "résumé.pdf|r_sum_.pdf",
                "e\u0301.txt|_.txt",
                "請求書.pdf|___.pdf",
                "😀.png|_.png",
                "a|a",
                "CONSOLE.txt|CONSOLE.txt"
            })
    void aHostileNameBecomesHarmless(String original, String safe) {
        assertThat(SafeName.of(Optional.of(original), "application/pdf")).isEqualTo(safe);
    }

    @Test
    void aNameIsOneLine() {
        assertThat(SafeName.of(Optional.of("a\r\nb.txt"), "text/plain")).isEqualTo("a__b.txt");
    }

    @Test
    void aLongNameKeepsItsExtension() {
        String safe = SafeName.of(Optional.of("x".repeat(300) + ".docx"), "text/plain");
        assertThat(safe).hasSize(80).endsWith("x.docx");
    }

    @Test
    void aLongNameWithoutExtensionIsCut() {
        assertThat(SafeName.of(Optional.of("y".repeat(300)), "text/plain")).isEqualTo("y".repeat(80));
    }

    @ParameterizedTest
    @CsvSource({
        "application/pdf,part.pdf",
        "message/rfc822,part.eml",
        "text/x-unheard-of,part.txt",
        "image/x-odd,part.bin"
    })
    void aPartWithoutANameGetsOneFromItsType(String type, String name) {
        assertThat(SafeName.of(Optional.empty(), type)).isEqualTo(name);
        assertThat(SafeName.of(Optional.of(""), type)).isEqualTo(name);
    }

    @Test
    void anEnclosedMessageIsAnEmlFile() {
        assertThat(SafeName.of(Optional.of("Re: hello"), "message/rfc822")).isEqualTo("Re_ hello.eml");
        assertThat(SafeName.of(Optional.of("old.EML"), "message/rfc822")).isEqualTo("old.EML");
        assertThat(SafeName.of(Optional.of("z".repeat(100)), "message/rfc822"))
                .hasSize(80)
                .endsWith("z.eml");
    }

    @Test
    void whateverTheNameIsTheResultIsSafe() {
        Random random = new Random(42);
        String alphabet = "aZ9. -_/\\:\0\r\n\u202Eé\uD83D\uDE00\uD800CONul1m";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder name = new StringBuilder();
            int length = random.nextInt(120);
            for (int i = 0; i < length; i++) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String safe = SafeName.of(Optional.of(name.toString()), "text/plain");
            assertThat(safe).matches(SAFE).doesNotMatch(DEVICE);
        }
    }
}
