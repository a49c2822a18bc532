package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkedFileTest {
    @TempDir
    private Path directory;

    private Path source;
    private Path target;

    @BeforeEach
    void spool() throws IOException {
        source = Files.createTempFile(directory, "mail-", ".eml");
        Files.writeString(source, "a large mail");
        target = directory.resolve("box/INBOX/1-7.eml");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFileHasAnotherNameAndOutlivesTheFirst(boolean fsync) throws Exception {
        assertThat(DurableFiles.linkFile(source, target, fsync)).isTrue();
        Files.delete(source);
        assertThat(target).hasContent("a large mail");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        assertNothingElse();
    }

    @Test
    void whatIsThereIsReplaced() throws Exception {
        DurableFiles.writeFile(target, false, out -> out.write('x'));
        assertThat(DurableFiles.linkFile(source, target, false)).isTrue();
        assertThat(target).hasContent("a large mail");
        assertNothingElse();
    }

    @Test
    void aSecondDeliveryOfTheSameFileLeavesNothingBeside() throws Exception {
        assertThat(DurableFiles.linkFile(source, target, false)).isTrue();
        assertThat(DurableFiles.linkFile(source, target, false)).isTrue();
        assertThat(target).hasContent("a large mail");
        assertNothingElse();
    }

    @Test
    void whereItCannotBeDoneNothingHappens() throws Exception {
        Files.delete(source);
        assertThat(DurableFiles.linkFile(source, target, true)).isFalse();
        assertThat(target).doesNotExist();
    }

    private void assertNothingElse() throws IOException {
        try (Stream<Path> entries = Files.list(target.getParent())) {
            assertThat(entries).containsExactly(target);
        }
    }
}
