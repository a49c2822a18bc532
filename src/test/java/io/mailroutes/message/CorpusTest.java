package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mail below {@code -Dcorpus.dir} gives everything that can be asked of it, quickly, in a form that the schema
 * allows, and all of them one after the other within 64 MiB.
 */
class CorpusTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final List<String> report = new ArrayList<>();

    @Test
    void everyMailOfTheCorpusIsRead(@TempDir Path directory) throws Exception {
        String corpus = System.getProperty("corpus.dir", "");
        if (corpus.isEmpty()) {
            System.out.println("CorpusTest skipped: no directory of mails is given with -Dcorpus.dir");
        }
        assumeTrue(!corpus.isEmpty(), "no directory of mails is given with -Dcorpus.dir");
        List<Path> files = mails(Path.of(corpus));
        assertThat(files).isNotEmpty();
        MailJson.of(Mails.mail("Content-Type: text/html\n\n<p>so that no mail pays for loading the classes"));
        for (int i = 0; i < files.size(); i++) {
            read(files.get(i), Files.createDirectory(directory.resolve(Integer.toString(i))));
        }
        SmallHeapTest.check(files, directory);
        System.out.println("corpus: " + files.size() + " mails, " + report.size() + " with a parse error");
        report.forEach(System.out::println);
    }

    private static List<Path> mails(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(file -> file.toString().matches(".*\\.(eml|msg)"))
                    .sorted()
                    .toList();
        }
    }

    private void read(Path file, Path directory) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        byte[] given = bytes.clone();
        Duration start = CpuTime.used();
        Mail mail = Mails.mail(new MemoryContent(given), MailLimits.DEFAULT);
        byte[] form = MailJson.of(mail);
        MailFiles.writeParts(mail, directory);
        assertThat(CpuTime.used().minus(start)).as("%s", file).isLessThan(LIMIT);

        Schema.valid(Measured.json(new MemoryContent(given), file.toString()), file.toString());
        JsonNode json = Schema.valid(form, file.toString());
        assertThat(json.path("key").asText()).as("%s", file).isEqualTo("support/INBOX/7/42");
        assertThat(json.path("attachments")).as("%s", file).hasSameSizeAs(mail.attachments());
        assertThat(mail.envelope().headers()).as("%s", file).isNotNull();
        assertThat(given).as("%s", file).isEqualTo(bytes);
        assertThat(directory.resolve("message.eml")).hasBinaryContent(bytes);
        for (Attachment attachment : mail.attachments()) {
            try (InputStream in = attachment.content().open()) {
                assertThat(in.readAllBytes()).as("%s", file).hasSize((int)
                        attachment.content().size());
            }
        }
        fromFileItIsTheSame(mail, file);
        mail.parseError().ifPresent(error -> report.add(file.getFileName() + ": " + error));
    }

    private static void fromFileItIsTheSame(Mail inMemory, Path file) throws IOException {
        Mail spooled = Mails.mail(new FileContent(file, Files.size(file)), MailLimits.DEFAULT);
        assertThat(MailJson.of(spooled)).as("%s", file).isEqualTo(MailJson.of(inMemory));
    }
}
