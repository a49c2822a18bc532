package io.mailroutes.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mailroutes.camel.queue.QueueHost.Received;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real and hostile mails come out of a queue as they went in: compared by SHA-256. */
class QueueCorpusTest {
    private static final List<String> FIXTURES = List.of(
            "invoices-broken-base64.eml",
            "invoices-duplicate-names.eml",
            "invoices-forwarded.eml",
            "invoices-two-attachments.eml",
            "orders-1001.eml",
            "orders-without-number.eml",
            "support-hostile-headers.eml",
            "support-html.eml",
            "support-unknown-charset.eml",
            "support-utf8-subject.eml");

    @TempDir
    Path data;

    @Test
    void everyFixtureComesOutAsItWentIn() throws Exception {
        List<byte[]> mails = new ArrayList<>();
        for (String name : FIXTURES) {
            try (InputStream in = QueueCorpusTest.class.getResourceAsStream("/io/mailroutes/sandbox/" + name)) {
                mails.add(in.readAllBytes());
            }
        }
        assertRoundTrip(mails);
    }

    @Test
    void everyMailOfTheCorpusComesOutAsItWentIn() throws Exception {
        String corpus = System.getProperty("corpus.dir", "");
        assumeTrue(!corpus.isEmpty(), "no directory of mails is given with -Dcorpus.dir");
        List<byte[]> mails = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(Path.of(corpus))) {
            for (Path file : tree.filter(path -> path.toString().matches(".*\\.(eml|msg)"))
                    .sorted()
                    .toList()) {
                mails.add(Files.readAllBytes(file));
            }
        }
        assertRoundTrip(mails);
        System.out.println("corpus: " + mails.size() + " mails through a queue");
    }

    private void assertRoundTrip(List<byte[]> mails) throws Exception {
        assertThat(mails).isNotEmpty();
        try (QueueHost host = QueueHost.embedded(data)) {
            QueueSink sink = host.sink("orders");
            QueueSink json = host.sink("json");
            json.stop();
            json.setFormat("json");
            json.start();
            for (int i = 0; i < mails.size(); i++) {
                host.send(sink, QueueHost.mail(i + 1, mails.get(i)));
                host.send(json, QueueHost.mail(i + 1, mails.get(i)));
            }
            List<Received> taken = host.take("orders");
            assertThat(taken).hasSameSizeAs(mails);
            for (int i = 0; i < mails.size(); i++) {
                assertThat(sha256(taken.get(i).body())).as(taken.get(i).key()).isEqualTo(sha256(mails.get(i)));
            }
            assertThat(host.take("json")).hasSameSizeAs(mails);
        }
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
