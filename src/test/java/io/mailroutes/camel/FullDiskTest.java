package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.SmallDisk;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file sink on a disk that is really full, in a whole route: the mailbox waits, and nothing is lost or there twice. */
@Timeout(120)
class FullDiskTest extends MailboxRoutes {
    private static final int MAILS = 6;
    private static final int EACH = 60_000;

    @ParameterizedTest
    @CsvSource({"eml,true", "json,true", "parts,true", "parts,false"})
    void mailsWaitOnTheServerUntilThereIsRoom(String format, boolean fsync) throws Exception {
        Path out = Files.createDirectory(data.resolve("out"));
        try (SmallDisk disk = SmallDisk.mount(out)) {
            assumeTrue(disk.isMounted(), disk::reason);
            Path filler = fill(out, 2 * EACH);
            for (int i = 0; i < MAILS; i++) {
                append("number " + i);
            }
            try (MailboxHost host = host(RunMode.CONTINUOUS)) {
                YamlRoutes.load(host.context(), """
                        - route:
                            id: full
                            from:
                              uri: mailbox:box
                              parameters: { delay: 100, maximumAttempts: 1 }
                              steps:
                                - to:
                                    uri: kamelet:mail-file-sink
                                    parameters: { directory: "DIRECTORY", format: FORMAT, fsync: FSYNC }
                        """.replace("DIRECTORY", out.toString())
                        .replace("FORMAT", format)
                        .replace("FSYNC", Boolean.toString(fsync)));
                host.start(builder -> {});
                Await.until("the sink is down", () -> host.status().state() == MailboxState.SINK_DOWN);
                assertThat(deadLetters()).isEmpty();
                assertThat(written(out, format)).hasSizeLessThan(MAILS);
                assertThat(host.flags().values()).as("mails that wait").anyMatch(flags -> !flags.contains("\\Seen"));

                Files.delete(filler);
                Await.until("all are there", () -> written(out, format).size() == MAILS);
                Await.until("the state is LIVE", () -> host.status().state() == MailboxState.LIVE);
                Await.until("the server is told", () -> host.flags().values().stream()
                        .allMatch(flags -> flags.contains("\\Seen")));
                assertThat(host.status().delivered()).isEqualTo(MAILS);
                assertThat(deadLetters()).isEmpty();
                assertWhole(out, format);
            }
        }
    }

    private void append(String subject) {
        String mail =
                "Subject: " + subject + "\r\n\r\n" + "0123456789abcdef0123456789abcdef01234567\r\n".repeat(EACH / 42);
        server.append(MailboxHost.USER, mail.getBytes(UTF_8), Instant.parse("2026-03-01T10:00:00Z"));
    }

    /** Takes all the room but so many bytes. */
    private static Path fill(Path disk, int left) throws IOException {
        Path filler = disk.resolve("filler");
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (Files.getFileStore(disk).getUsableSpace() > left) {
                out.write(page);
            }
        }
        return filler;
    }

    private static List<Path> written(Path out, String format) throws IOException {
        String name = "[0-9]+-[0-9]+" + (format.equals("parts") ? "" : "[.]" + format);
        try (Stream<Path> found = Files.walk(out)) {
            return found.filter(path -> path.getFileName().toString().matches(name))
                    .toList();
        }
    }

    private static void assertWhole(Path out, String format) throws IOException {
        List<String> contents = new ArrayList<>();
        for (Path path : written(out, format)) {
            contents.add(Files.readString(Files.isDirectory(path) ? path.resolve("message.eml") : path));
        }
        assertThat(contents).allMatch(content -> content.length() > EACH - 100);
        assertThat(IntStream.range(0, MAILS).mapToObj(i -> "number " + i)).allSatisfy(subject -> assertThat(contents)
                .filteredOn(content -> content.contains(subject))
                .hasSize(1));
        try (Stream<Path> left = Files.walk(out)) {
            assertThat(left)
                    .noneMatch(path ->
                            path.toString().endsWith(".tmp") || path.toString().endsWith(".old"));
        }
    }
}
