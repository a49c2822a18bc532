package io.mailroutes.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Mails;
import io.mailroutes.testing.StoredMail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes/examples/archive-to-eml.camel.yaml}. */
@Timeout(90)
class ArchiveToEmlTest {
    @TempDir
    private Path directory;

    @Test
    void everyMailOfTheFoldersIsAFileWithItsBytesAndTheServerIsAsBefore() throws Exception {
        Set<String> sent = new TreeSet<>();
        try (ExampleHost host = new ExampleHost("archive-to-eml", "archive", directory)
                // GreenMail tells no uses of folders.
                .changed("archive-to-eml", "special-use:Sent", "Sent")) {
            host.ask("CREATE Sent");
            for (int index = 0; index < 30; index++) {
                host.append(Mails.quick(9).mail(index));
                sent.add(StoredMail.sha256(Mails.quick(9).mail(index)));
            }
            host.ask("SELECT INBOX", "COPY 1:3 Sent", "STORE 1:10 +FLAGS (\\Seen)");
            host.start();
            host.awaitDelivered(33);
            Set<String> found = new TreeSet<>();
            for (String file : host.files()) {
                assertThat(file).matches("archive/(INBOX|Sent)/[0-9]+-[0-9]+\\.eml");
                found.add(StoredMail.sha256(Files.readAllBytes(host.out().resolve(file))));
            }
            assertThat(host.files()).hasSize(33);
            assertThat(found).isEqualTo(sent);
            assertThat(host.ask("EXAMINE INBOX", "SEARCH SEEN"))
                    .anyMatch(line -> line.endsWith("SEARCH 1 2 3 4 5 6 7 8 9 10"));
        }
    }
}
