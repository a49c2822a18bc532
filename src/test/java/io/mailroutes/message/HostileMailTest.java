package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails made to take time or memory. The time limits are far above what is needed and far below a quadratic cost. */
class HostileMailTest {
    private static final Duration SOON = Duration.ofSeconds(6);

    private static Mail parsed(String text) {
        Mail mail = Mails.mail(text);
        Duration start = CpuTime.used();
        assertThat(MailJson.of(mail)).isNotEmpty();
        assertThat(CpuTime.used().minus(start)).isLessThan(SOON);
        return mail;
    }

    @Test
    void eightThousandNestedMultipartsAreOneAttachmentBelowTheLimit() {
        StringBuilder text = new StringBuilder("Content-Type: multipart/mixed; boundary=b0\n\n");
        for (int i = 0; i < 8000; i++) {
            text.append("--b")
                    .append(i)
                    .append("\nContent-Type: multipart/mixed; boundary=b")
                    .append(i + 1)
                    .append("\n\n");
        }
        Mail mail = parsed(text.toString());
        assertThat(mail.attachments()).singleElement().satisfies(a -> assertThat(a.path())
                .hasSize(59));
        assertThat(mail.parseError()).hasValueSatisfying(e -> assertThat(e).contains("nested deeper than 30"));
    }

    @Test
    void fortyThousandPartsEndAtTheLimit() {
        String part = "--b\nContent-Disposition: attachment; filename=a\n\nx\n";
        Mail mail = parsed("Content-Type: multipart/mixed; boundary=b\n\n" + part.repeat(40_000));
        assertThat(mail.attachments()).hasSize(1000);
        assertThat(mail.parseError()).contains("there are more than 1000 parts; the rest is only in the raw mail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "\"a<",
                "<\"",
                "<a>\"",
                "(a)",
                "a,",
                "=?",
                "=?utf-8?q?a?= ",
                "=?a?q?bb",
                "\n b",
                ";",
                "<",
                "\\",
                "a:",
                "[@"
            })
    void aRepeatedPieceInAHeaderCostsNoMoreThanItsLength(String piece) {
        String value = piece.repeat(60_000 / piece.length());
        parsed("Subject: " + value + "\nTo: " + value + "\nDate: " + value + "\nReferences: " + value + "\n\nx");
        parsed("Content-Type: multipart/mixed; " + value + "\n\nx");
        parsed("Content-Disposition: " + value + "\nContent-Transfer-Encoding: " + value + "\n\nx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<div>", "<b>", "<table><b>", "<a><b><i><u>", "<li>", "<", "<!--", "<x ", "&#xD800;"})
    void aMebibyteOfHostileHtmlIsReadInBoundedTime(String piece) {
        Mail mail = parsed("Content-Type: text/html\n\n" + piece.repeat(1_000_000 / piece.length()));
        assertThat(mail.html()).isPresent();
        assertThat(mail.text()).isPresent();
        assertThat(mail.parseError()).hasValueSatisfying(e -> assertThat(e).contains("first 262144 characters"));
    }

    @Test
    void parsingStopsWhenItsTimeIsOver() {
        byte[] raw = ("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n" + "x\r\n".repeat(5000))
                .getBytes(US_ASCII);
        MailLimits noTime = new MailLimits(1000, 10, 10, 1000, Duration.ZERO);
        Mail mail = Mails.mail(new MemoryContent(raw), noTime);
        assertThat(mail.parseError()).hasValueSatisfying(e -> assertThat(e).contains("parsing was stopped"));
        assertThat(mail.raw().size()).isEqualTo(raw.length);
    }

    @Test
    void aLongTextIsCutAndIsAlsoAnAttachment() throws IOException {
        byte[] raw = ("Content-Type: text/plain; charset=utf-8\r\n\r\n" + "ü".repeat(1000)).getBytes("UTF-8");
        Mail mail = Mails.mail(new MemoryContent(raw), new MailLimits(1000, 10, 10, 101, Duration.ofSeconds(5)));
        assertThat(mail.text()).contains("ü".repeat(50));
        assertThat(mail.attachments())
                .singleElement()
                .satisfies(a -> assertThat(a.content().size()).isEqualTo(2000));
        assertThat(mail.parseError()).contains("part 1: the text was cut at 101 bytes");
    }

    @Test
    void alteredMailsNeverThrow() {
        byte[] seed = """
                Subject: =?utf-8?b?w7w=?=
                From: "A (b)" <a@x>, c: d@x;
                Content-Type: multipart/mixed; boundary="b"; charset*0*=utf-8''%41

                --b
                Content-Type: text/html; charset=iso-2022-jp
                Content-Transfer-Encoding: quoted-printable

                <p>=1B$B=20</p>
                --b
                Content-Disposition: attachment; filename*0*=gbk''%D6%D0; filename*1="x.txt"
                Content-Transfer-Encoding: base64

                AAECAwQF
                --b--
                """.getBytes(US_ASCII);
        Random random = new Random(7);
        for (int round = 0; round < 5000; round++) {
            byte[] altered = seed.clone();
            for (int i = random.nextInt(12); i >= 0; i--) {
                int from = random.nextInt(altered.length);
                altered[random.nextInt(altered.length)] =
                        random.nextBoolean() ? altered[from] : (byte) random.nextInt(256);
            }
            assertThat(MailJson.of(Mails.mail(altered))).isNotEmpty();
        }
    }

    @Test
    void aLargeAttachmentIsStreamedFromItsFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("large.eml");
        long lines = 60L * 1024 * 1024 / 57;
        writeLarge(file, lines);
        Mail mail = Mails.mail(new FileContent(file, Files.size(file)), MailLimits.DEFAULT);
        long before = allocated();
        Attachment attachment = mail.attachments().get(0);
        String digest = Sha256.hex(attachment.content());
        assertThat(allocated() - before).as("bytes allocated").isLessThan(8L * 1024 * 1024);
        assertThat(attachment.content().size()).isEqualTo(lines * 57);
        assertThat(digest).hasSize(64).isEqualTo(Sha256.hex(attachment.content()));
        assertThat(mail.text()).contains("see attached");
        assertThat(mail.parseError()).isEmpty();
    }

    private static void writeLarge(Path file, long lines) throws IOException {
        String head = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nsee attached\r\n--b\r\n"
                + "Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n";
        byte[] line = ("QUJD".repeat(19) + "\r\n").getBytes(US_ASCII);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(head.getBytes(US_ASCII));
            for (long i = 0; i < lines; i++) {
                out.write(line);
            }
            out.write("--b--\r\n".getBytes(US_ASCII));
        }
    }

    private static long allocated() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getCurrentThreadAllocatedBytes();
    }

    @Test
    void partsOfAFileSurviveAPartialSkipAndAreReadAnew(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("m.eml");
        Files.writeString(file, "Content-Type: image/png\n\n0123456789");
        Mail mail = Mails.mail(new FileContent(file, Files.size(file)), MailLimits.DEFAULT);
        Content content = mail.attachments().get(0).content();
        try (InputStream in = content.open()) {
            assertThat(in.skip(3)).isEqualTo(3);
            assertThat(in.read()).isEqualTo('3');
            assertThat(in.skip(100)).isEqualTo(6);
            assertThat(in.read()).isEqualTo(-1);
        }
        content.discard();
        assertThat(BodyTest.read(content)).hasSize(10);
    }

    @Test
    void manyThreadsParseOnce() throws Exception {
        Mail mail = Mails.mail("Content-Type: image/png\n\nx");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<Attachment>>> calls = IntStream.range(0, 50)
                    .<Callable<List<Attachment>>>mapToObj(i -> mail::attachments)
                    .toList();
            List<Attachment> first = mail.attachments();
            for (var result : threads.invokeAll(calls)) {
                assertThat(result.get()).isSameAs(first);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
