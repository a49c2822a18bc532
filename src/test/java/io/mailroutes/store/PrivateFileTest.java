package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFileTest {
    @TempDir
    Path temporary;

    @Test
    void aFileThatIsThereIsNotTouched() throws Exception {
        Path file = Files.writeString(temporary.resolve("x"), "older");
        assertThatThrownBy(() -> PrivateFile.create(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("older");
    }

    @Test
    void nobodyElseCanReadItFromTheFirstInstant() throws Exception {
        Path file = temporary.resolve("x");
        try (PrivateFile out = PrivateFile.create(file)) {
            out.write(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptsBetweenAllWritesSpoilNothing(boolean fsync) throws Exception {
        byte[] content = new byte[3_000_000];
        new Random(5).nextBytes(content);
        try {
            DurableFiles.writeFile(temporary.resolve("x"), fsync, out -> {
                for (int at = 0; at < content.length; at += 100_000) {
                    Thread.currentThread().interrupt();
                    out.write(content, at, 100_000);
                }
            });
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(temporary.resolve("x")).hasBinaryContent(content);
    }

    /** Interrupts by another thread hit writes in the middle, where a channel closes itself. */
    @Test
    void interruptsInTheMiddleOfWritesSpoilNothing() throws Exception {
        byte[] content = new byte[2_000_000];
        new Random(6).nextBytes(content);
        AtomicBoolean over = new AtomicBoolean();
        Thread writer = Thread.currentThread();
        Thread nuisance = new Thread(() -> {
            while (!over.get()) {
                writer.interrupt();
                Thread.onSpinWait();
            }
        });
        nuisance.start();
        try {
            for (int round = 0; round < 20; round++) {
                DurableFiles.writeFile(temporary.resolve("x" + round), false, out -> {
                    out.write(content, 0, 7);
                    out.write(content, 7, content.length - 7);
                });
            }
        } finally {
            over.set(true);
            joined(nuisance);
        }
        for (int round = 0; round < 20; round++) {
            assertThat(temporary.resolve("x" + round)).hasBinaryContent(content);
        }
    }

    /** Also when interrupts are still on their way. */
    private static void joined(Thread thread) {
        while (thread.isAlive()) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
    }

    @Test
    void manySmallWritesAreOneFile() throws Exception {
        byte[] content = new byte[100_000];
        new Random(7).nextBytes(content);
        DurableFiles.writeFile(temporary.resolve("x"), false, out -> {
            for (int at = 0; at < 50_000; at++) {
                out.write(content[at]);
            }
            out.write(content, 50_000, 20_000);
            out.write(content, 70_000, 30);
            out.write(content, 70_030, 29_970);
        });
        assertThat(temporary.resolve("x")).hasBinaryContent(content);
    }
}
