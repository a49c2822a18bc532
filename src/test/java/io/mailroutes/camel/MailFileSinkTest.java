package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.Mail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailFileSinkTest {
    private static final byte[] RAW =
            ("Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
                            + "--b\r\nContent-Disposition: attachment; filename=\"../../evil.txt\"\r\n\r\nfile\r\n--b--\r\n")
                    .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path out;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Mail mail = TestMails.of(7, RAW);

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void emlIsTheRawMailByteForByte() throws Exception {
        sink("eml").process(exchange(mail));
        assertThat(files()).containsExactly("box/INBOX/1-7.eml");
        assertThat(out.resolve("box/INBOX/1-7.eml")).hasBinaryContent(RAW);
    }

    @Test
    void jsonIsTheJsonForm() throws Exception {
        sink("json").process(exchange(mail));
        assertThat(files()).containsExactly("box/INBOX/1-7.json");
        assertThat(out.resolve("box/INBOX/1-7.json")).content().contains("\"box/INBOX/1/7\"");
    }

    @Test
    void partsIsADirectoryAndTheDefault() throws Exception {
        MailFileSink sink = new MailFileSink();
        sink.setDirectory(out.toString());
        sink.process(exchange(mail));
        assertThat(files())
                .hasSize(3)
                .contains("box/INBOX/1-7/message.eml", "box/INBOX/1-7/mail.json")
                .anyMatch(name -> name.startsWith("box/INBOX/1-7/attachments/1-"))
                .noneMatch(name -> name.contains(".."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eml", "json", "parts"})
    void theSameMailTwiceIsThereOnce(String format) throws Exception {
        MailFileSink sink = sink(format);
        sink.process(exchange(mail));
        List<String> once = files();
        sink.process(exchange(mail));
        assertThat(files()).isEqualTo(once);
    }

    @Test
    void whatACrashLeftBehindLongAgoIsRemovedAndWhatIsFreshStays() throws Exception {
        MailFileSink crashed = sink("eml");
        crashed.process(exchange(mail));
        Path folder = out.resolve("box/INBOX");
        Path old = temporary(folder, "00000001");
        Path fresh = temporary(folder, "00000002");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        sink("eml").process(exchange(mail));
        assertThat(old).doesNotExist();
        assertThat(fresh).exists();
        assertThat(folder.resolve("1-7.eml")).hasBinaryContent(RAW);
    }

    @Test
    void anUnknownFormatIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> sink("pdf")).hasMessageContainingAll("format=pdf", "parts, eml or json");
    }

    @Test
    void withoutADirectoryNothingIsWritten() {
        assertThatThrownBy(() -> new MailFileSink().process(exchange(mail)))
                .hasMessageContaining("directory is not set");
    }

    @Test
    void aBodyThatIsNoMailIsRefusedInWords() {
        assertThatThrownBy(() -> sink("eml").process(exchange("text")))
                .hasMessageContainingAll("mail-file-sink needs the mail as the body", "java.lang.String");
        assertThatThrownBy(() -> sink("eml").process(exchange(null))).hasMessageContaining("found nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eml", "json", "parts"})
    void aDirectoryThatCannotBeWrittenIsTheSinksFaultAndNotTheMails(String format) throws Exception {
        Files.writeString(out.resolve("box"), "in the way");
        assertThatThrownBy(() -> sink(format).process(exchange(mail)))
                .hasMessageContainingAll("mail-file-sink: cannot write box/INBOX/1/7 below", "comes again")
                .satisfies(e -> assertThat(SinkFailure.kind(e)).isEqualTo(SinkFailure.Kind.SINK));
        Files.delete(out.resolve("box"));
        sink(format).process(exchange(mail));
        assertThat(files()).isNotEmpty().allMatch(name -> name.startsWith("box/INBOX/1-7"));
    }

    @Test
    void aDirectoryThatIsNoneIsRefusedAtTheStart() {
        assertThatThrownBy(() -> new MailFileSink().setDirectory(" ")).hasMessageContaining("is no directory");
        assertThatThrownBy(() -> new MailFileSink().setDirectory("a\0b")).hasMessageContaining("is no directory");
    }

    /** Named as {@code store} names what is still being written. */
    private static Path temporary(Path folder, String random) throws IOException {
        return Files.writeString(folder.resolve(".1-7.eml." + random + ".tmp"), "half a mail");
    }

    private MailFileSink sink(String format) {
        MailFileSink sink = new MailFileSink();
        sink.setDirectory(out.toString());
        sink.setFormat(format);
        sink.setFsync(false);
        return sink;
    }

    private Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> found = Files.walk(out)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> out.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
