package io.mailroutes.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.testing.KafkaBroker;
import io.mailroutes.testing.KafkaBroker.Wishes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes/examples/orders-to-kafka.camel.yaml}, with a login at a real broker. */
@Timeout(120)
class OrdersToKafkaTest {
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required;";
    private static final Wishes LOGIN = new Wishes(
            List.of("SASL_PLAINTEXT"),
            List.of("SCRAM-SHA-512=[name=mailroutes,password=lampshade]"),
            Map.of(
                    "listener.name.sasl_plaintext.sasl.enabled.mechanisms",
                    "SCRAM-SHA-512",
                    "listener.name.sasl_plaintext.scram-sha-512.sasl.jaas.config",
                    SCRAM));

    @TempDir
    private Path directory;

    @Test
    void ordersAreRecordsUnderTheirKeysAndWaitWhileTheTopicIsMissing() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(directory.resolve("broker"), LOGIN);
                ExampleHost host = new ExampleHost("orders-to-kafka", "orders", directory)) {
            host.set("kafka.brokers", broker.address("SASL_PLAINTEXT"))
                    .set("kafka.security", "none") // this machine
                    .set("mailroutes.secrets.kafka", "lampshade")
                    // as long as the sink waits for the topic
                    .changed(
                            "orders-to-kafka",
                            "secretRef: kafka",
                            "secretRef: kafka\n              deliveryTimeout: 1000");
            for (int order = 1; order <= 5; order++) {
                host.append("From: ann@example.org\nSubject: order " + order + "\nkafka.KEY: evil\n\ntext\n");
            }
            host.start();
            host.awaitSinkDown();
            broker.topic("orders", 2, Map.of());
            host.awaitDelivered(5);
            assertThat(host.failed()).isZero();
            assertThat(broker.records("orders"))
                    .hasSize(5)
                    .extracting(record -> record.key())
                    .doesNotHaveDuplicates()
                    .allMatch(key -> key.matches("orders/INBOX/[0-9]+/[1-5]"));
            assertThat(new ObjectMapper()
                            .readTree(broker.records("orders").get(0).value())
                            .get("subject")
                            .asText())
                    .startsWith("order ");
        }
    }
}
