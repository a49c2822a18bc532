package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.MemoryContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers and other users of the machine do to have the file sink write where it should not. */
class HostileFilesTest {
    private static final List<String> NAMES = List.of(
            "filename=\"../../../escaped.txt\"",
            "filename=\"..\\\\..\\\\escaped.txt\"",
            "filename=\"/etc/cron.d/evil\"",
            "filename=\"..\"",
            "filename=\".\"",
            "filename=\"\"",
            "filename*=utf-8''n%00ul.txt",
            "filename*=utf-8''..%2F..%2Fescaped.txt",
            "filename=\"=?utf-8?q?..=2F..=2Fescaped?=\"",
            "filename=\"CON\"",
            "filename=\"nul.txt\"",
            "filename=\"trailing. . .\"",
            "filename=\"a:b.txt\"",
            "filename=\"-rf\"",
            "filename=\".bashrc\"",
            "filename=\"${env:HOME}.txt\"",
            "filename*=utf-8''evil%E2%80%AEtxt.exe",
            "filename*=utf-8''a%0D%0Ab.txt",
            "filename=\"" + "x".repeat(300) + ".pdf\"",
            "filename*=utf-8''" + "%E8%AB%8B".repeat(300) + ".pdf",
            "filename=\"dup.txt\"",
            "filename=\"DUP.TXT\"",
            "filename=\"dup.txt\"",
            "filename=\"mail.json\"",
            "filename=\"../message.eml\"",
            "");

    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private Path out;
    private Path outside;

    @BeforeEach
    void makeDirectories() throws IOException {
        out = Files.createDirectory(directory.resolve("out"));
        outside = Files.createDirectory(directory.resolve("outside"));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static Mail mail(String folder) {
        String parts = NAMES.stream()
                .map(name -> "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; " + name
                        + "\r\n\r\nx\r\n")
                .collect(Collectors.joining());
        String raw = "Subject: ../../s\r\nMessage-ID: <../../m>\r\nCamelFileName: ../../h\r\n"
                + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + "--b--\r\n";
        return Mail.of(
                new DeliveryKey("box", folder, 1, 7),
                Set.of(),
                Instant.parse("2026-03-01T10:00:00Z"),
                new MemoryContent(raw.getBytes(UTF_8)),
                MailLimits.DEFAULT);
    }

    private void write(String format, String folder) {
        MailFileSink sink = new MailFileSink();
        sink.setDirectory(out.toString());
        sink.setFormat(format);
        sink.setFsync(false);
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(mail(folder));
        exchange.getMessage().setHeader("CamelFileName", "../outside/header.eml");
        sink.process(exchange);
    }

    private List<Path> all(Path below) throws IOException {
        try (Stream<Path> found = Files.walk(below)) {
            return found.filter(path -> !path.equals(below)).toList();
        }
    }

    @Test
    void everyAttachmentIsThereUnderANameThatIsSafeEverywhere() throws IOException {
        write("parts", "INBOX");

        Path attachments = out.resolve("box/INBOX/1-7/attachments");
        List<String> names = all(attachments).stream()
                .map(path -> path.getFileName().toString())
                .toList();
        assertThat(names)
                .hasSize(NAMES.size())
                .allMatch(name -> name.matches("[0-9]+-[A-Za-z0-9_][A-Za-z0-9._ -]*"))
                .noneMatch(name -> name.endsWith(".") || name.endsWith(" ") || name.contains(".."))
                .allMatch(name -> name.length() <= 90);
        Set<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        folded.addAll(names);
        assertThat(folded).as("also where upper and lower case are the same").hasSize(NAMES.size());
        assertThat(all(directory))
                .allMatch(path -> path.startsWith(out.resolve("box")) || out.equals(path) || outside.equals(path));
        assertThat(Files.readString(out.resolve("box/INBOX/1-7/mail.json"))).startsWith("{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../outside", "/etc", "..", ".", "a\0b", "a/../../outside", "C:\\x", "-rf", "請求書"})
    void aFolderIsOneSegmentWhateverItsName(String folder) throws IOException {
        for (String format : List.of("eml", "json", "parts")) {
            write(format, folder);
        }
        try (Stream<Path> folders = Files.list(out.resolve("box"))) {
            assertThat(folders).singleElement().satisfies(path -> assertThat(
                            path.getFileName().toString())
                    .matches("[A-Za-z0-9%_][A-Za-z0-9%._~-]*"));
        }
        assertThat(all(outside)).isEmpty();
    }

    @Test
    void allIsForTheOwnerAlone() throws IOException {
        assumeTrue(out.getFileSystem().supportedFileAttributeViews().contains("posix"));
        write("parts", "INBOX");
        write("eml", "INBOX");
        for (Path path : all(out)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .as(path.toString())
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eml", "json", "parts"})
    void aLinkThatHasTheNameOfTheMailIsReplacedAndNotFollowed(String format) throws IOException {
        Path folder = Files.createDirectories(out.resolve("box/INBOX"));
        Path target = folder.resolve("1-7" + (format.equals("parts") ? "" : "." + format));
        Path victim = format.equals("parts") ? outside : Files.writeString(outside.resolve("victim"), "untouched");
        Files.createSymbolicLink(target, victim);

        write(format, "INBOX");

        assertThat(Files.isSymbolicLink(target)).isFalse();
        assertThat(target).exists();
        if (!format.equals("parts")) {
            assertThat(victim).hasContent("untouched");
        }
        assertThat(all(outside)).hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"box", "box/INBOX"})
    void aLinkOnTheWayIsTheSinksTroubleUntilItIsGone(String place) throws IOException {
        Path link = out.resolve(place);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, outside);

        for (String format : List.of("eml", "json", "parts")) {
            assertThatThrownBy(() -> write(format, "INBOX"))
                    .hasMessageContainingAll("mail-file-sink: cannot write", place, "it is really", "a link on the way")
                    .satisfies(e -> assertThat(SinkFailure.kind(e)).isEqualTo(SinkFailure.Kind.SINK));
        }
        assertThat(all(outside)).isEmpty();
        Files.delete(link);
        write("eml", "INBOX");
        assertThat(out.resolve("box/INBOX/1-7.eml")).isRegularFile();
    }

    @Test
    void aLinkToNowhereIsNotFollowedEither() throws IOException {
        Files.createSymbolicLink(out.resolve("box"), outside.resolve("made-by-us"));
        assertThatThrownBy(() -> write("parts", "INBOX")).hasMessageContaining("it is really");
        assertThat(all(outside)).isEmpty();
    }

    @Test
    void theDirectoryItselfMayBeALinkForItsOwnerHasNamedIt() throws IOException {
        Files.delete(out);
        Files.createSymbolicLink(out, outside);
        write("eml", "INBOX");
        write("eml", "INBOX");
        assertThat(outside.resolve("box/INBOX/1-7.eml")).isRegularFile();
    }
}
