package io.mailroutes.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.camel.queue.OutsideReader;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.Mails;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes/examples/fan-out.camel.yaml}: a mail is delivered when the last of its sinks has it. */
@Timeout(120)
class FanOutTest {
    private static final int MAILS = 10;

    @TempDir
    private Path directory;

    @Test
    void everySinkHasEveryMailOnce() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver();
                ExampleHost host = host(receiver)) {
            host.start();
            host.awaitDelivered(MAILS);
            assertThat(OutsideReader.keys(host.context(), "mails"))
                    .hasSize(MAILS)
                    .doesNotHaveDuplicates();
            assertThat(receiver.taken()).hasSize(MAILS);
            assertEachOnceByKey(host, receiver);
        }
    }

    @Test
    void whileOneSinkFailsNoMailIsDeliveredAndTheOthersHaveItOnce() throws Exception {
        try (HttpReceiver receiver = new HttpReceiver();
                ExampleHost host = host(receiver)) {
            // The sink's own tries would take some seconds.
            host.changed("fan-out", "secretRef: webhook", "secretRef: webhook\n                    retries: 0");
            receiver.refuseNext(1);
            host.start();
            host.awaitSinkDown();
            assertThat(host.delivered()).isZero();
            assertThat(host.ask("EXAMINE INBOX", "SEARCH SEEN")).noneMatch(line -> line.matches(".*SEARCH [0-9].*"));
            assertThat(host.files())
                    .as("what stands above the failing sink has it")
                    .hasSize(1);
            assertThat(OutsideReader.keys(host.context(), "mails"))
                    .as("and what stands below")
                    .hasSize(1);

            host.awaitDelivered(MAILS);
            assertThat(host.failed()).isZero();
            assertThat(OutsideReader.keys(host.context(), "mails"))
                    .hasSize(MAILS)
                    .doesNotHaveDuplicates();
            assertEachOnceByKey(host, receiver);
        }
    }

    /** The receiver and the files may have a mail twice, under one key. */
    private static void assertEachOnceByKey(ExampleHost host, HttpReceiver receiver) throws Exception {
        assertThat(new TreeSet<>(
                        receiver.taken().stream().map(HttpReceiver.Taken::key).toList()))
                .hasSize(MAILS)
                .isEqualTo(new TreeSet<>(OutsideReader.keys(host.context(), "mails")));
        assertThat(host.files()).hasSize(MAILS);
        Await.until("all are flagged", () -> host.ask("EXAMINE INBOX", "SEARCH UNSEEN").stream()
                .noneMatch(line -> line.matches(".*SEARCH [0-9].*")));
    }

    private ExampleHost host(HttpReceiver receiver) {
        ExampleHost host = new ExampleHost("fan-out", "support", directory)
                .set("webhook.url", receiver.url())
                .set("mailroutes.secrets.webhook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .set("mailroutes.queue.listen", "127.0.0.1:0");
        Mails.quick(4).stream(MAILS).forEach(host::append);
        return host;
    }
}
