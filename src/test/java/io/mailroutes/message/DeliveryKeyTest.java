package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryKeyTest {
    @Test
    void namesTheMailAndItsFiles() {
        DeliveryKey key = new DeliveryKey("support", "INBOX", 7, 42);
        assertThat(key).hasToString("support/INBOX/7/42");
        assertThat(key.filePath(".eml")).isEqualTo("support/INBOX/7-42.eml");
        assertThat(key.filePath("")).isEqualTo("support/INBOX/7-42");
        assertThat(key.deadLetterPath()).isEqualTo("support/INBOX~7-42");
    }

    @Test
    void aFolderIsOneSegmentInTheKey() {
        assertThat(new DeliveryKey("a", "Kunden/Übersee", 1, 2).text()).isEqualTo("a/Kunden%2F%C3%9Cbersee/1/2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../../etc", "a/../b", "\\..\\x", "-rf", "~root", "a\0b", "CON:", "%2e%2e"})
    void noFolderLeadsOutOfTheDirectory(String folder) {
        Path base = Path.of("/out/support");
        DeliveryKey key = new DeliveryKey("support", folder, 7, 42);
        Path file = Path.of("/out").resolve(key.filePath(".eml")).normalize();
        assertThat(file.getParent().getParent()).isEqualTo(base);
        assertThat(Path.of("/out").resolve(key.deadLetterPath()).normalize().getParent())
                .isEqualTo(base);
    }

    @Test
    void aLongFolderFitsAFileSystemAndStaysApartFromItsLike() {
        String one = new DeliveryKey("a", "報".repeat(60) + "1", 4294967295L, 4294967295L).deadLetterPath();
        String two = new DeliveryKey("a", "報".repeat(60) + "2", 4294967295L, 4294967295L).deadLetterPath();
        assertThat(one).isNotEqualTo(two).matches("a/(%[0-9A-F]{2})+~[0-9a-f]{16}~4294967295-4294967295");
        assertThat(one.length()).isLessThan(255);
    }

    @ParameterizedTest
    @CsvSource({
        "INBOX,INBOX",
        "Sent Items,Sent%20Items",
        ".hidden,%2Ehidden",
        "a.b-c_d,a.b-c_d",
        "-x,%2Dx",
        "50%,50%25",
        "~,%7E",
        "ä,%C3%A4"
    })
    void aSegmentEncodesWhatIsNotPlain(String text, String encoded) {
        assertThat(PathSegment.encode(text)).isEqualTo(encoded);
    }
}
