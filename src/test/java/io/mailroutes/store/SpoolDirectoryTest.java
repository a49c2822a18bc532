package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void nothingIsLeftWhenItIsClosed() throws IOException {
        SpoolDirectory spool = SpoolDirectory.open(parent.resolve("tmp"));
        Files.writeString(spool.path().resolve("mail.eml"), "half a mail");
        spool.close();
        try (Stream<Path> left = Files.list(parent.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatADeadProcessLeftIsRemoved() throws IOException {
        Path dead = Files.createDirectory(parent.resolve("run-0123456789abcdef"));
        Files.writeString(dead.resolve("mail.eml"), "half a mail");
        Path lock = Files.createFile(parent.resolve("run-0123456789abcdef.lock"));
        SpoolDirectory.open(parent).close();
        assertThat(dead).doesNotExist();
        assertThat(lock).doesNotExist();
    }

    @Test
    void theDirectoryOfALivingOneStays() throws IOException {
        try (SpoolDirectory first = SpoolDirectory.open(parent)) {
            Path mail = Files.writeString(first.path().resolve("mail.eml"), "half a mail");
            SpoolDirectory.open(parent).close();
            assertThat(mail).exists();
        }
    }

    @Test
    void filesOfOthersStay() throws IOException {
        Path note = Files.writeString(parent.resolve("README"), "keep me");
        Path other = Files.createDirectory(parent.resolve("run-of-somebody"));
        SpoolDirectory.open(parent).close();
        assertThat(note).exists();
        assertThat(other).exists();
    }

    @Test
    void aParentThatIsAFileIsAnErrorInWords() throws IOException {
        Path file = Files.writeString(parent.resolve("tmp"), "");
        assertThatThrownBy(() -> SpoolDirectory.open(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(file.toString());
    }
}
