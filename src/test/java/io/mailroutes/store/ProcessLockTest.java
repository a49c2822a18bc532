package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {
    @TempDir
    private Path directory;

    @Test
    void onlyOneHasItAndTheOthersKnowWho() {
        Path file = directory.resolve("deep/one.lock");
        try (ProcessLock first = ProcessLock.on(file);
                ProcessLock second = ProcessLock.on(file)) {
            assertThat(first.isAcquired()).isTrue();
            assertThat(second.isAcquired()).isFalse();
            assertThat(second.holder()).contains(ProcessHandle.current().pid());
        }
        try (ProcessLock third = ProcessLock.on(file)) {
            assertThat(third.isAcquired()).isTrue();
        }
    }

    @Test
    void aProcessThatIsKilledGivesItBack() throws Exception {
        Path file = directory.resolve("one.lock");
        Process other = holder(file);
        try (BufferedReader words = other.inputReader(UTF_8)) {
            assertThat(words.readLine()).isEqualTo("true");
            try (ProcessLock vain = ProcessLock.on(file)) {
                assertThat(vain.isAcquired()).isFalse();
                assertThat(vain.holder()).contains(other.pid());
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (ProcessLock free = ProcessLock.on(file)) {
            assertThat(free.isAcquired()).isTrue();
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsSaidInWords() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> ProcessLock.on(file.resolve("one.lock")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("lock");
    }

    private static Process holder(Path file) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Holder.class.getName(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Takes the lock, says so, and stays until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (ProcessLock lock = ProcessLock.on(Path.of(arguments[0]))) {
                System.out.println(lock.isAcquired());
                int end = System.in.read();
                System.out.println(end);
            }
        }
    }
}
