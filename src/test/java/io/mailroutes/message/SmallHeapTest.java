package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mails that allocate much are proved in a Java of their own with 64 MiB of heap for everything: it ends at the first
 * one that takes more. Counting what is allocated could not tell what is held from what was let go.
 */
class SmallHeapTest {
    private static final String HEAP = "-Xmx64m";
    private static final long MILLISECONDS = 2000;

    @TempDir
    private Path directory;

    @Test
    void everyBombHasItsJsonFormInTwoSecondsAnd64MiB() throws Exception {
        Path mails = Files.createDirectory(directory.resolve("mails"));
        Bombs.writeInto(mails);
        List<Path> files = new ArrayList<>(Fixtures.all());
        try (var bombs = Files.list(mails)) {
            bombs.sorted().forEach(files::add);
        }
        check(files, directory);
    }

    /** Fails when one of the mails takes more than its time or the heap, or has no valid form. */
    static void check(List<Path> mails, Path directory) throws IOException, InterruptedException {
        Path list = directory.resolve("list");
        Files.write(
                list,
                mails.stream().map(mail -> mail.toAbsolutePath().toString()).toList());
        Path json = Files.createDirectory(directory.resolve("json"));
        ChildProcess child = ChildProcess.run(
                directory,
                Map.of("JAVA_TOOL_OPTIONS", ""),
                List.of(
                        ChildProcess.java(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        JsonOfEach.class.getName(),
                        list.toString(),
                        json.toString()));
        assertThat(child.err()).isEmpty();
        assertThat(child.exitCode()).isZero();
        assertThat(Files.readAllLines(json.resolve("times")))
                .hasSameSizeAs(mails)
                .allSatisfy(line -> assertThat(Long.parseLong(line.substring(0, line.indexOf(' '))))
                        .as(line)
                        .isLessThan(MILLISECONDS));
        for (int i = 0; i < mails.size(); i++) {
            Schema.valid(
                    Files.readAllBytes(json.resolve(Integer.toString(i))),
                    mails.get(i).toString());
        }
    }
}
