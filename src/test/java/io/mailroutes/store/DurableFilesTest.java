package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mailroutes.testing.SmallDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableFilesTest {
    private static final byte[] HALF = new byte[50_000];

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileIsWrittenWithItsParentsForItsOwnerAlone(boolean fsync) throws Exception {
        Path file = temporary.resolve("a/b/mail.eml");
        DurableFiles.writeFile(file, fsync, out -> out.write(bytes("one")));
        assertThat(file).hasContent("one");
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(mode(file.getParent())).isEqualTo("rwx------");
        assertThat(mode(temporary.resolve("a"))).isEqualTo("rwx------");
        assertThat(entries(file.getParent())).containsExactly("mail.eml");
    }

    @Test
    void aParentThatAnotherThreadMakesInTheSameInstantIsNoFailure() throws Exception {
        Path file = temporary.resolve("made-by-another/mail.eml");
        Path made = DurableFiles.create(file, false, path -> {
            if (!Files.exists(file.getParent())) {
                Files.createDirectory(file.getParent());
                throw new NoSuchFileException(path.toString()); // what was found an instant before
            }
            return Files.createFile(path);
        });
        assertThat(made).exists();
    }

    @Test
    void aDirectoryThatIsThereKeepsItsMode() throws Exception {
        Path directory = Files.createDirectory(temporary.resolve("out"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxr-x"));
        DurableFiles.writeFile(directory.resolve("x"), true, out -> out.write(1));
        assertThat(mode(directory)).isEqualTo("rwxrwxr-x");
    }

    @Test
    void aFileIsReplacedWhole() throws Exception {
        Path file = temporary.resolve("mail.eml");
        DurableFiles.writeFile(file, true, out -> out.write(bytes("a long first content")));
        DurableFiles.writeFile(file, true, out -> {
            out.write(bytes("second"));
            out.flush();
            assertThat(file).hasContent("a long first content");
        });
        assertThat(file).hasContent("second");
    }

    @Test
    void aWriterMayCloseItsStream() throws Exception {
        Path file = temporary.resolve("mail.eml");
        DurableFiles.writeFile(file, true, out -> {
            out.write(bytes("closed"));
            out.close();
        });
        assertThat(file).hasContent("closed");
    }

    @Test
    void aLinkIsReplacedAndNotWrittenThrough() throws Exception {
        Path victim = Files.writeString(temporary.resolve("victim"), "untouched");
        Path file = Files.createSymbolicLink(temporary.resolve("mail.eml"), victim);
        DurableFiles.writeFile(file, true, out -> out.write(bytes("mail")));
        assertThat(victim).hasContent("untouched");
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void aWriterThatFailsLeavesTheOldFileAndNothingElse() throws Exception {
        Path file = Files.writeString(temporary.resolve("mail.eml"), "old");
        assertThatThrownBy(() -> DurableFiles.writeFile(file, true, out -> {
                    out.write(bytes("half"));
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(file).hasContent("old");
        assertThat(entries(temporary)).containsExactly("mail.eml");
    }

    @Test
    void evenAnErrorLeavesNothingBehind() throws Exception {
        assertThatThrownBy(() -> DurableFiles.writeDirectory(temporary.resolve("mail"), true, directory -> {
                    Files.createDirectory(directory.resolve("attachments"));
                    Files.writeString(directory.resolve("attachments/1"), "half");
                    throw new StackOverflowError("in the parser");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(entries(temporary)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDirectoryIsWrittenForItsOwnerAlone(boolean fsync) throws Exception {
        Path target = temporary.resolve("a/mail");
        DurableFiles.writeDirectory(target, fsync, directory -> {
            assertThat(mode(directory)).isEqualTo("rwx------");
            assertThat(target).doesNotExist();
            Files.createDirectory(directory.resolve("attachments"));
            Files.writeString(directory.resolve("attachments/1"), "attached");
            Files.setPosixFilePermissions(
                    directory.resolve("attachments"), PosixFilePermissions.fromString("rwxrwxrwx"));
        });
        assertThat(target.resolve("attachments/1")).hasContent("attached");
        assertThat(mode(target)).isEqualTo("rwx------");
        assertThat(mode(target.resolve("attachments"))).isEqualTo("rwx------");
        assertThat(mode(target.resolve("attachments/1"))).isEqualTo("rw-------");
        assertThat(entries(temporary.resolve("a"))).containsExactly("mail");
    }

    @Test
    void aDirectoryIsReplacedWhole() throws Exception {
        Path target = temporary.resolve("mail");
        DurableFiles.writeDirectory(target, true, directory -> Files.writeString(directory.resolve("old"), "1"));
        DurableFiles.writeDirectory(target, true, directory -> Files.writeString(directory.resolve("new"), "2"));
        assertThat(entries(target)).containsExactly("new");
        assertThat(entries(temporary)).containsExactly("mail");
    }

    @Test
    void aFileInThePlaceOfADirectoryIsNotReplaced() throws Exception {
        Path target = Files.writeString(temporary.resolve("mail"), "a file");
        assertThatThrownBy(() -> DurableFiles.writeDirectory(target, true, directory -> {}))
                .isInstanceOf(IOException.class);
        assertThat(target).hasContent("a file");
        assertThat(entries(temporary)).containsExactly("mail");
    }

    @Test
    void aReaderNeverSeesHalfADirectory() throws Exception {
        Path target = temporary.resolve("mail");
        AtomicBoolean over = new AtomicBoolean();
        AtomicReference<@Nullable Throwable> seen = new AtomicReference<>();
        AtomicInteger looks = new AtomicInteger();
        Thread reader = new Thread(() -> {
            try {
                while (!over.get()) {
                    looks.addAndGet(look(target));
                }
            } catch (Throwable t) {
                seen.set(t);
            }
        });
        write(target, 0);
        reader.start();
        for (int round = 1; round < 300 || looks.get() < 20; round++) {
            write(target, round);
        }
        over.set(true);
        reader.join();
        assertThat(seen.get()).isNull();
    }

    /** Returns 1 when there was something to see. */
    private static int look(Path target) throws IOException {
        try {
            byte[] content = Files.readAllBytes(target.resolve("content"));
            assertThat(content).hasSize(2 * HALF.length).containsOnly(content[0]);
            return 1;
        } catch (NoSuchFileException betweenTwo) {
            return 0;
        }
    }

    private static void write(Path target, int round) throws IOException {
        byte[] half = HALF.clone();
        Arrays.fill(half, (byte) round);
        DurableFiles.writeDirectory(target, false, directory -> {
            Files.write(directory.resolve("content"), half);
            Files.write(directory.resolve("content"), half, StandardOpenOption.APPEND);
        });
    }

    @Test
    void anInterruptSpoilsNothingAndIsKept() throws Exception {
        Thread.currentThread().interrupt();
        try {
            DurableFiles.writeFile(temporary.resolve("x"), true, out -> out.write(bytes("whole")));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(temporary.resolve("x")).hasContent("whole");
    }

    @Test
    void theDirectoryMayVanishBetweenTwoFiles() throws Exception {
        Path file = temporary.resolve("a/b/mail.eml");
        DurableFiles.writeFile(file, false, out -> out.write(1));
        DirectoryTree.delete(temporary.resolve("a"));
        DurableFiles.writeFile(file, false, out -> out.write(bytes("again")));
        assertThat(file).hasContent("again");
        assertThat(mode(temporary.resolve("a"))).isEqualTo("rwx------");
    }

    @Test
    void theLongestNameIsWrittenAndALongerOneRefused() throws Exception {
        Path longest = temporary.resolve("x".repeat(TemporaryName.LIMIT));
        DurableFiles.writeFile(longest, true, out -> out.write(bytes("mail")));
        assertThat(longest).hasContent("mail");
        assertThatThrownBy(() -> DurableFiles.writeFile(Path.of(longest + "x"), true, out -> out.write(1)))
                .isInstanceOf(NameTooLongException.class);
    }

    @Test
    void whatACrashLeftIsCleared() throws Exception {
        Instant now = Instant.parse("2026-03-01T10:00:00Z");
        leftover(".half.0a1b2c3d.tmp", now.minusSeconds(7200));
        leftover(".young.0a1b2c3d.tmp", now);
        leftover(".replaced.0a1b2c3d.old", now.minusSeconds(7200));
        leftover("replaced", now.minusSeconds(7200));
        leftover(".lost.0a1b2c3d.old", now.minusSeconds(7200));
        leftover(".profile.tmp", now.minusSeconds(7200));
        leftover("plain.0a1b2c3d.tmp", now.minusSeconds(7200));
        DurableFiles.removeLeftovers(temporary, now.minusSeconds(3600));
        assertThat(entries(temporary))
                .containsExactly(".profile.tmp", ".young.0a1b2c3d.tmp", "lost", "plain.0a1b2c3d.tmp", "replaced");
        assertThat(temporary.resolve("lost/content")).hasContent(".lost.0a1b2c3d.old");
    }

    private void leftover(String name, Instant written) throws IOException {
        Path directory = Files.createDirectory(temporary.resolve(name));
        Files.writeString(directory.resolve("content"), name);
        Files.setLastModifiedTime(directory, FileTime.from(written));
    }

    @Test
    void aFullDiskIsTransientAndMissingPermissionIsNot() {
        assertThat(StoreException.of("write x", new IOException("No space left on device")))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining("cannot write x: java.io.IOException: No space left on device");
        assertThat(StoreException.of("write x", new java.nio.file.AccessDeniedException("x")))
                .isInstanceOf(PermanentStoreException.class);
    }

    @Test
    void aRealFullDiskLeavesNothingBehind() throws Exception {
        Path small = Files.createDirectory(temporary.resolve("small"));
        try (SmallDisk disk = SmallDisk.mount(small)) {
            assumeTrue(disk.isMounted(), disk.reason());
            DurableFiles.writeFile(small.resolve("first"), true, out -> out.write(new byte[1000]));
            assertThatThrownBy(() -> DurableFiles.writeFile(
                            small.resolve("second"), true, out -> out.write(new byte[2_000_000])))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
            assertThat(entries(small)).containsExactly("first");
            DurableFiles.writeFile(small.resolve("third"), true, out -> out.write(new byte[1000]));
        }
    }

    private static List<String> entries(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
