package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class SandboxCommandTest {
    @TempDir
    Path directory;

    @Test
    void onceDeliversWhatIsExpectedTwiceInTheSameDirectoryAndPrintsTheTable() {
        for (int i = 0; i < 2; i++) {
            CommandLineRun run = CommandLineRun.of(Path.of(""), "sandbox", "--once", "--dir", directory.toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("dead-lettered", "as expected", "support", "invoices", "orders");
            assertThat(run.out()).contains("yes").doesNotContain("NO ");
            assertThat(directory.resolve("data/dead-letters/orders")).isNotEmptyDirectory();
        }
    }

    @Test
    void aDirectoryThatIsNotOursIsRefusedAndNothingInItIsTouched() throws Exception {
        Files.createDirectory(directory.resolve("out"));
        Path precious = Files.writeString(directory.resolve("out").resolve("precious"), "mine");
        CommandLineRun run = CommandLineRun.of(Path.of(""), "sandbox", "--once", "--dir", directory.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("is not empty and was not made by a sandbox", "--dir");
        assertThat(run.out()).isEmpty();
        assertThat(precious).hasContent("mine");
        assertThat(directory).isDirectoryNotContaining("glob:**/data");
    }

    @Test
    void aFileIsNoDirectory() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        CommandLineRun run = CommandLineRun.of(Path.of(""), "sandbox", "--once", "--dir", file.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(file).hasContent("mine");
    }

    @Test
    void aProgramWithoutItsRoutesSaysWhereTheyShouldBe() {
        CommandLineRun run = CommandLineRun.of(directory, "sandbox", "--once", "--dir", directory.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains(
                        "there is no route to run", directory.resolve("routes").toString());
    }
}
