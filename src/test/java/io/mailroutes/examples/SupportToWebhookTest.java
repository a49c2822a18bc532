package io.mailroutes.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.testing.Await;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes/examples/support-to-webhook.camel.yaml}. */
@Timeout(90)
class SupportToWebhookTest {
    private static final String MAIL = "From: ann@example.org\nSubject: help ${sysenv.PATH}\n"
            + "CamelHttpUri: http://evil.example.net/\nIdempotency-Key: evil\n\ntext\n";

    @TempDir
    private Path directory;

    @Test
    void aMailIsASignedRequestWithItsKeyAndIsMovedThen() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver();
                ExampleHost host = host(receiver)) {
            host.append(MAIL);
            host.start();
            host.awaitDelivered(1);
            assertThat(receiver.taken()).hasSize(1);
            HttpReceiver.Taken taken = receiver.taken().get(0);
            assertThat(taken.signature()).startsWith("v1,");
            assertThat(taken.id()).isNotBlank();
            assertThat(taken.key()).contains("support/INBOX/").endsWith("/1").doesNotContain("evil");
            JsonNode json = new ObjectMapper().readTree(taken.body());
            assertThat(json.toString()).contains("help ${sysenv.PATH}");
            Await.until("it is moved", () -> host.count("Processed") == 1);
            assertThat(host.count("INBOX")).isZero();
        }
    }

    @Test
    void aReceiverThatIsBusyGetsItLaterAndOnce() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver();
                ExampleHost host = host(receiver)) {
            // The sink's own tries would take some seconds.
            host.changed("support-to-webhook", "secretRef: webhook", "secretRef: webhook\n              retries: 0");
            receiver.refuseNext(1);
            host.append(MAIL);
            host.append(MAIL);
            host.start();
            host.awaitSinkDown();
            assertThat(host.count("INBOX")).isEqualTo(2);
            assertThat(host.failed()).isZero();
            host.awaitDelivered(2);
            assertThat(receiver.taken())
                    .extracting(HttpReceiver.Taken::key)
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }
    }

    private ExampleHost host(HttpReceiver receiver) {
        return new ExampleHost("support-to-webhook", "support", directory)
                .set("webhook.url", receiver.url())
                .set("mailroutes.secrets.webhook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    }
}
