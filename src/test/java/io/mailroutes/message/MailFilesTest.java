package io.mailroutes.message;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailFilesTest {
    private static final String THREE_OF_A_NAME = """
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Disposition: attachment; filename="../../dup.txt"

            one
            --b
            Content-Disposition: attachment; filename=dup.txt

            two
            --b
            Content-Disposition: attachment; filename=DUP.txt

            three
            --b
            Content-Type: image/png

            four
            --b--
            """;

    @TempDir
    private Path directory;

    private List<String> files() throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void partsAreNumberedSoThatNamesMayRepeat() throws IOException {
        Mail mail = Mails.mail(THREE_OF_A_NAME);
        MailFiles.writeParts(mail, directory);
        assertThat(files())
                .containsExactly(
                        "attachments/1-dup.txt",
                        "attachments/2-dup.txt",
                        "attachments/3-DUP.txt",
                        "attachments/4-part.png",
                        "mail.json",
                        "message.eml");
        assertThat(directory.resolve("attachments/3-DUP.txt")).hasContent("three");
        assertThat(directory.resolve("mail.json")).hasBinaryContent(MailJson.of(mail));
        assertThat(directory.resolve("message.eml")).hasBinaryContent(BodyTest.read(mail.raw()));
    }

    @Test
    void aMailWithoutAttachmentsHasNoDirectoryForThem() throws IOException {
        MailFiles.writeParts(Mails.mail("Subject: s\n\nx"), directory);
        assertThat(files()).containsExactly("mail.json", "message.eml");
        assertThat(directory.resolve("attachments")).doesNotExist();
    }

    @Test
    void whatCannotBeDecodedIsWrittenAsItIsWithItsOwnSizeAndDigest() throws IOException {
        String raw = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA *** not, in any way ***";
        Mail mail = Mails.mail(raw);
        MailFiles.writeParts(mail, directory);
        assertThat(directory.resolve("attachments/1-part.png")).hasContent("AAAA *** not, in any way ***");
        assertThat(directory.resolve("mail.json")).hasBinaryContent(MailJson.of(Mails.mail(raw)));
    }

    @Test
    void allIsForTheOwnerAlone() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        MailFiles.writeParts(Mails.mail(THREE_OF_A_NAME), directory);
        for (String file : files()) {
            assertThat(Files.getPosixFilePermissions(directory.resolve(file)))
                    .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE);
        }
        assertThat(Files.getPosixFilePermissions(directory.resolve("attachments")))
                .containsExactlyInAnyOrder(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE);
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Files.writeString(directory.resolve("message.eml"), "older");
        assertThatThrownBy(() -> MailFiles.writeParts(Mails.mail("a: b\n\nx"), directory))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(directory.resolve("message.eml")).hasContent("older");
    }

    @Test
    void theStreamIsLeftOpenAndTheBytesAreTheServers() throws IOException {
        byte[] raw = {0, 'a', '\r', '\n', '\n', (byte) 0xFF};
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MailFiles.writeEml(Mails.mail(raw), out);
        assertThat(out.toByteArray()).isEqualTo(raw);
        MailFiles.writeJson(Mails.mail(raw), out);
        assertThat(out.size()).isGreaterThan(raw.length);
    }
}
