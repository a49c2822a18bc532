package io.mailroutes.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mailroutes.message.MemoryContent;
import io.mailroutes.testing.KafkaBroker;
import io.mailroutes.testing.StoredMail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every mail below {@code -Dcorpus.dir} gets through a real broker, byte for byte, and as JSON. */
@Timeout(300)
class KafkaCorpusTest {
    @Test
    void everyMailOfTheCorpusComesOutAsItWentIn(@TempDir Path directory) throws Exception {
        String corpus = System.getProperty("corpus.dir", "");
        assumeTrue(!corpus.isEmpty(), "no directory of mails is given with -Dcorpus.dir");
        Map<String, String> sent = new LinkedHashMap<>();
        try (KafkaBroker broker = KafkaBroker.start(directory);
                DefaultCamelContext context = new DefaultCamelContext()) {
            broker.topic("raw", 3, Map.of());
            broker.topic("json", 3, Map.of());
            KafkaSink raw = sink(broker, "raw");
            KafkaSink json = sink(broker, "json");
            for (Path file : mails(Path.of(corpus))) {
                byte[] bytes = Files.readAllBytes(file);
                var mail = KafkaExchanges.mail(sent.size() + 1, new MemoryContent(bytes.clone()));
                raw.process(KafkaExchanges.exchange(context, mail));
                json.process(KafkaExchanges.exchange(context, mail));
                sent.put(mail.key().text(), StoredMail.sha256(bytes));
            }
            raw.stop();
            json.stop();
            assertThat(sent).isNotEmpty();
            Map<String, String> found = new LinkedHashMap<>();
            broker.records("raw").forEach(record -> found.put(record.key(), StoredMail.sha256(record.value())));
            assertThat(found).isEqualTo(sent);
            assertThat(broker.records("json")).hasSameSizeAs(sent.keySet());
        }
        System.out.println("Kafka: " + sent.size() + " mails of the corpus came out as they went in");
    }

    private static KafkaSink sink(KafkaBroker broker, String format) {
        KafkaSink sink = new KafkaSink();
        sink.setBrokers(broker.address());
        sink.setSecurity("none");
        sink.setTopic(format);
        sink.setFormat(format);
        sink.start();
        return sink;
    }

    private static List<Path> mails(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(file -> file.toString().matches(".*\\.(eml|msg)"))
                    .sorted()
                    .toList();
        }
    }
}
