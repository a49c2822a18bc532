package io.mailroutes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KafkaBrokerTest {
    @Test
    void whatItHoldsIsThereAfterARestartAtTheSameAddress(@TempDir Path directory) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory)) {
            broker.topic("mails", 2, Map.of());
            String address = broker.address();
            try (var producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", address), new StringSerializer(), new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>("mails", "a", new byte[] {1}))
                        .get();
                broker.stop();
                broker.startAgain();
                producer.send(new ProducerRecord<>("mails", "b", new byte[] {2}))
                        .get();
            }
            assertThat(broker.address()).isEqualTo(address);
            assertThat(broker.records("mails"))
                    .extracting(record -> record.key())
                    .containsExactlyInAnyOrder("a", "b");
        }
    }
}
