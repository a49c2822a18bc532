package io.mailroutes.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes/examples/invoices-pdf-to-files.camel.yaml}. */
@Timeout(90)
class InvoicesPdfToFilesTest {
    private static final String MAIL = """
            From: billing@example.org
            Subject: two invoices
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            see there
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="invoice.pdf"
            Content-Transfer-Encoding: base64

            JVBERi0xLjQKAAECAw==
            --b
            Content-Type: application/octet-stream
            Content-Disposition: attachment; filename="invoice.pdf"

            second
            --b
            Content-Type: image/png
            Content-Disposition: attachment; filename="logo.png"

            no invoice
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename="../../../${sysenv.PATH}/evil.pdf"

            third
            --b--
            """;

    @TempDir
    private Path directory;

    @Test
    void eachPdfIsAFileOfItsOwnBelowTheDirectory() throws Exception {
        try (ExampleHost host = new ExampleHost("invoices-pdf-to-files", "invoices", directory)) {
            host.append(MAIL);
            host.append("From: a@example.org\nSubject: no attachment\nCamelFileName: evil\n\ntext\n");
            host.start();
            host.awaitDelivered(2);
            assertThat(host.failed()).isZero();
            assertThat(host.files())
                    .hasSize(3)
                    .allMatch(name -> name.matches("invoices/INBOX/[0-9]+-1/[124]-[A-Za-z0-9._ -]+\\.pdf"))
                    .noneMatch(name -> name.contains(".."));
            assertThat(host.out().resolve(host.files().get(0)))
                    .hasBinaryContent(new byte[] {'%', 'P', 'D', 'F', '-', '1', '.', '4', '\n', 0, 1, 2, 3});
            assertThat(Files.readString(host.out().resolve(host.files().get(1))))
                    .isEqualTo("second");
        }
    }

    @Test
    void aDirectoryThatCannotBeWrittenKeepsTheMailOnTheServer() throws Exception {
        Files.writeString(directory.resolve("out"), "in the way");
        try (ExampleHost host = new ExampleHost("invoices-pdf-to-files", "invoices", directory)) {
            host.append(MAIL);
            host.start();
            Await.until("it failed", () -> host.failed() > 0);
            assertThat(host.delivered()).isZero();
            assertThat(host.ask("EXAMINE INBOX", "UID SEARCH UNSEEN")).anyMatch(line -> line.endsWith("SEARCH 1"));
        }
    }
}
