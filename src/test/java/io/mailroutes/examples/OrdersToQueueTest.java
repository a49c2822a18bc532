package io.mailroutes.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.camel.queue.OutsideReader;
import io.mailroutes.testing.Await;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes/examples/orders-to-queue.camel.yaml}, with the embedded broker. */
@Timeout(90)
class OrdersToQueueTest {
    @TempDir
    private Path directory;

    @Test
    void anOrderIsAPersistentMessageAndAnAbsenceNoticeIsNone() throws Exception {
        try (ExampleHost host = host()) {
            host.append(
                    "From: ann@example.org\nSubject: two lamps\nJMSDestination: evil\nCamelJmsDestinationName: evil\n"
                            + "_AMQ_DUPL_ID: evil\n\nOrder number: 17\n");
            host.append("From: bob@example.org\nSubject: away\nAuto-Submitted: auto-replied\n\ntext\n");
            host.start();
            host.awaitDelivered(2);
            assertThat(host.failed()).isZero();
            assertThat(OutsideReader.browse(host.context(), "orders")).hasSize(1);
            Message order = OutsideReader.browse(host.context(), "orders").get(0);
            assertThat(order.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
            assertThat(order.getStringProperty("MailKey")).matches("orders/INBOX/[0-9]+/1");
            assertThat(new ObjectMapper()
                            .readTree(order.getBody(String.class))
                            .get("subject")
                            .asText())
                    .isEqualTo("two lamps");
            assertThat(OutsideReader.keys(host.context(), "evil")).isEmpty();
            Await.until("both are moved", () -> host.count("Processed") == 2);
        }
    }

    @Test
    void whatIsInTheQueueIsThereAfterARestart() throws Exception {
        try (ExampleHost host = host()) {
            host.append("From: ann@example.org\nSubject: two lamps\n\nOrder number: 17\n");
            host.start();
            host.awaitDelivered(1);
        }
        try (ExampleHost host = host()) {
            host.start();
            assertThat(OutsideReader.keys(host.context(), "orders")).hasSize(1);
        }
    }

    private ExampleHost host() {
        return new ExampleHost("orders-to-queue", "orders", directory).set("mailroutes.queue.listen", "127.0.0.1:0");
    }
}
