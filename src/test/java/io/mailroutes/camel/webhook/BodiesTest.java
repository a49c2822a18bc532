package io.mailroutes.camel.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.camel.SinkException;
import io.mailroutes.camel.SinkFailure;
import io.mailroutes.message.FileContent;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodiesTest {
    @TempDir
    Path directory;

    private Path temporary;
    private Path kept;

    @BeforeEach
    void directories() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        kept = directory.resolve("kept");
    }

    private Bodies bodies(Bodies.Format format, long maximum) {
        return new Bodies(format, maximum, Optional.of(kept), temporary, new SecureRandom());
    }

    private static byte[] bytes(Body body) throws IOException {
        try (InputStream in = body.content().open()) {
            byte[] read = in.readAllBytes();
            assertThat(body.content().size()).isEqualTo(read.length);
            return read;
        }
    }

    private List<String> files(Path where) throws IOException {
        if (!Files.exists(where)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(where)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> where.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void jsonIsTheJsonForm() throws Exception {
        Mail mail = WebhookMails.plain(7);
        try (Body body = bodies(Bodies.Format.JSON, 0).of(mail)) {
            assertThat(body.contentType()).isEqualTo("application/json");
            assertThat(bytes(body)).isEqualTo(MailJson.of(mail));
        }
        assertThat(files(kept)).isEmpty();
    }

    @Test
    void rawIsTheMailToTheByteAndStaysWhereItIs() throws Exception {
        Path file = Files.write(directory.resolve("mail.eml"), new byte[3_000_000]);
        Mail mail = WebhookMails.of(7, new FileContent(file, 3_000_000));
        try (Body body = bodies(Bodies.Format.RAW, 0).of(mail)) {
            assertThat(body.contentType()).isEqualTo("message/rfc822");
            assertThat(body.content()).isSameAs(mail.raw());
        }
        assertThat(file).exists();
    }

    @Test
    void multipartIsTheJsonFormAndTheDecodedAttachments() throws Exception {
        Mail mail = WebhookMails.withAttachment(7, "a b.pdf", "application/pdf", "%PDF-1");
        try (Body body = bodies(Bodies.Format.MULTIPART, 0).of(mail)) {
            String boundary = body.contentType().substring("multipart/form-data; boundary=".length());
            assertThat(new String(bytes(body), UTF_8))
                    .isEqualTo("--" + boundary + "\r\nContent-Disposition: form-data; name=\"mail\"\r\n"
                            + "Content-Type: application/json\r\n\r\n" + new String(MailJson.of(mail), UTF_8)
                            + "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"attachment-1\";"
                            + " filename=\"a b.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1"
                            + "\r\n--" + boundary + "--\r\n");
        }
    }

    @Test
    void aLargeFormIsAFileUntilItIsSentAndNoLonger() throws Exception {
        Mail mail = WebhookMails.withAttachment(7, "a", "application/x", "x".repeat(3_000_000));
        Body body = bodies(Bodies.Format.MULTIPART, 0).of(mail);
        assertThat(body.content()).isInstanceOf(FileContent.class);
        assertThat(bytes(body)).isEqualTo(bytes(body)).hasSizeGreaterThan(3_000_000);
        assertThat(files(temporary)).hasSize(1);
        body.close();
        assertThat(files(temporary)).isEmpty();
    }

    @Test
    void aSenderWritesNoHeaderOfAPartAndNoBoundary() throws Exception {
        String boundaryToo = "--mailroutes-" + "0".repeat(48) + "--\r\nContent-Disposition: form-data; name=\"mail\"";
        Mail mail = WebhookMails.withAttachment(
                7, "x\\\"; name=mail; filename*=UTF-8''%0d%0aX: y", "text/evil=\"; name=\\\"mail", boundaryToo);
        try (Body body = bodies(Bodies.Format.MULTIPART, 0).of(mail)) {
            String text = new String(bytes(body), ISO_8859_1);
            String boundary = body.contentType().substring("multipart/form-data; boundary=".length());
            String[] parts = text.split("--" + boundary, -1);
            assertThat(parts).hasSize(4);
            String head = parts[2].substring(0, parts[2].indexOf("\r\n\r\n"));
            assertThat(head.strip())
                    .matches("Content-Disposition: form-data; name=\"attachment-1\"; filename=\"[A-Za-z0-9._ -]+\"\r\n"
                            + "Content-Type: [a-z]+/[a-z-]+");
        }
        RandomGenerator foreseen = () -> 0L;
        assertThat(new Form(foreseen).contentType()).isNotEqualTo(new Form(new SecureRandom()).contentType());
    }

    @Test
    void anAttachmentThatIsNotItsBase64IsSentAsItStands() throws Exception {
        Mail mail = WebhookMails.of(
                7,
                "Content-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n"
                        + "Content-Disposition: attachment\r\n\r\n%%%% no base64 %%%%\r\n");
        try (Body body = bodies(Bodies.Format.MULTIPART, 0).of(mail)) {
            assertThat(new String(bytes(body), ISO_8859_1)).contains("%%%% no base64 %%%%");
        }
    }

    @Test
    void overTheLimitTheJsonFormGoesAndTheBytesAreKept() throws Exception {
        String base64 = Base64.getMimeEncoder().encodeToString("x".repeat(5_000).getBytes(UTF_8));
        Mail mail = WebhookMails.of(
                7,
                "Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type:"
                        + " application/pdf; name=big.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64
                        + "\r\n--b--\r\n");
        for (Bodies.Format format : List.of(Bodies.Format.RAW, Bodies.Format.MULTIPART)) {
            try (Body body = bodies(format, 4_000).of(mail)) {
                assertThat(body.contentType()).isEqualTo("application/json");
                assertThat(bytes(body)).isEqualTo(MailJson.of(mail));
                assertThat(new String(bytes(body), UTF_8))
                        .contains("\"name\":\"big.pdf\"", "\"size\":5000", "\"sha256\":", "\"path\":\"1\"");
            }
            assertThat(files(kept))
                    .containsExactly(
                            "box/INBOX/1-7/attachments/1-big.pdf",
                            "box/INBOX/1-7/mail.json",
                            "box/INBOX/1-7/message.eml");
            assertThat(kept.resolve("box/INBOX/1-7/attachments/1-big.pdf")).hasContent("x".repeat(5_000));
        }
        assertThat(files(temporary)).isEmpty();
    }

    @Test
    void withoutADirectoryNothingIsKept() throws Exception {
        Mail mail = WebhookMails.withAttachment(7, "a", "application/x", "x".repeat(5_000));
        Bodies bodies = new Bodies(Bodies.Format.MULTIPART, 4_000, Optional.empty(), temporary, new SecureRandom());
        try (Body body = bodies.of(mail)) {
            assertThat(body.contentType()).isEqualTo("application/json");
        }
        assertThat(files(directory)).isEmpty();
    }

    @Test
    void jsonWithADirectoryKeepsMailsThatHaveAttachments() throws Exception {
        bodies(Bodies.Format.JSON, 0)
                .of(WebhookMails.withAttachment(7, "a.txt", "text/plain", "x"))
                .close();
        bodies(Bodies.Format.JSON, 0).of(WebhookMails.plain(8)).close();
        assertThat(files(kept)).contains("box/INBOX/1-7/attachments/1-a.txt").allMatch(name -> name.contains("1-7"));
    }

    @Test
    void aTextThatIsTooLargeIsTheMailsFailureAndLeavesNothingBehind() throws Exception {
        Mail mail = WebhookMails.of(7, "Subject: s\r\n\r\n" + "x".repeat(2_000_000));
        assertThatThrownBy(() -> bodies(Bodies.Format.JSON, 1_500_000).of(mail))
                .isInstanceOfSatisfying(
                        SinkException.class, e -> assertThat(e.kind()).isEqualTo(SinkFailure.Kind.MAIL))
                .hasMessageContaining("maxBodySize, 1500000 bytes");
        assertThat(files(temporary)).isEmpty();
    }
}
