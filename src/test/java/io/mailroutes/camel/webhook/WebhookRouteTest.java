package io.mailroutes.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.camel.MailboxState;
import io.mailroutes.testing.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole routes from a mailbox to a receiver: each mail once, or again with the same key, and none lost. */
@Timeout(90)
class WebhookRouteTest {
    private static final byte[] KEY = Base64.getDecoder().decode(WebhookHost.SECRET.substring("whsec_".length()));

    @TempDir
    Path data;

    private Receiver receiver;

    @AfterEach
    void stop() {
        if (receiver != null) {
            receiver.close();
        }
    }

    private static String mail(String subject) {
        return "From: ann@example.com\nSubject: " + subject + "\n\ntext\n";
    }

    private static long withSubject(Receiver receiver, String subject) {
        return receiver.got().stream()
                .filter(got -> new String(got.body(), java.nio.charset.StandardCharsets.UTF_8)
                        .contains("\"subject\":\"" + subject + "\""))
                .count();
    }

    @Test
    void everyMailArrivesOnceAndSigned() throws Exception {
        receiver = Receiver.http();
        try (WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail("a"), mail("b"), mail("c")).start("url=" + receiver.url("/in"), "secretRef=webhook");
            Await.until("all are delivered", () -> host.status().delivered() == 3);
            assertThat(receiver.got()).hasSize(3);
            assertThat(receiver.ids()).doesNotHaveDuplicates().allMatch(id -> id.matches("box/INBOX/\\d+/[123]"));
            for (Receiver.Got got : receiver.got()) {
                assertThat(Verification.isSigned(got, KEY)).isTrue();
                assertThat(got.header("idempotency-key")).isEqualTo(got.id());
            }
        }
    }

    @Test
    void aReceiverThatFailsThreeTimesAndThenWorksHasEachMailOnce() throws Exception {
        receiver = Receiver.http().then(500, 502, 503);
        try (WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail("a"), mail("b")).start("url=" + receiver.url("/"), "secretRef=webhook", "retryDelay=10");
            Await.until("both are delivered", () -> host.status().delivered() == 2);
            assertThat(receiver.got()).hasSize(5);
            assertThat(receiver.ids().subList(0, 4)).containsOnly(receiver.ids().get(0));
            assertThat(host.deadLetters()).isEmpty();
        }
    }

    @Test
    void aMailThatWasTakenWithoutAnAnswerComesAgainWithTheSameKeyOnly() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        List<String> ids = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (RawReceiver raw = new RawReceiver((in, out) -> {
                    if (requests.incrementAndGet() > 1) {
                        RawReceiver.write(out, "HTTP/1.1 204 OK\r\nConnection: close\r\n\r\n");
                    }
                    in.transferTo(java.io.OutputStream.nullOutputStream());
                });
                WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail("a"), mail("b"))
                    .start("url=" + raw.url("/"), "responseTimeout=300", "retryDelay=10", "secretRef=webhook");
            Await.until("both are delivered", () -> host.status().delivered() == 2);
            raw.heads().stream()
                    .flatMap(String::lines)
                    .filter(line -> line.startsWith("webhook-id: "))
                    .forEach(ids::add);
            assertThat(ids).hasSize(3);
            assertThat(ids.get(1)).isEqualTo(ids.get(0));
            assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
        }
    }

    @Test
    void aReceiverThatIsDownGetsEverythingWhenItIsBack() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail("a"), mail("b"), mail("c"))
                    .start("url=http://localhost:" + port + "/", "retries=0", "secretRef=webhook");
            Await.until("SINK_DOWN", () -> host.is(MailboxState.SINK_DOWN));
            assertThat(host.status().reason()).contains("cannot be reached");
            receiver = Receiver.http(port);
            Await.until("all are delivered", () -> host.status().delivered() == 3);
            assertThat(receiver.ids()).hasSize(3).doesNotHaveDuplicates();
            assertThat(host.deadLetters()).isEmpty();
        }
    }

    @Test
    void aReceiverThatAsksForAnHourIsLeftAloneAndNoMailPays() throws Exception {
        receiver = Receiver.http()
                .always(got -> Optional.of(new Receiver.Told(429, Map.of("Retry-After", "99999999999"))));
        try (WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail("a"), mail("b")).start("url=" + receiver.url("/"), "secretRef=webhook");
            Await.until("SINK_DOWN", () -> host.is(MailboxState.SINK_DOWN));
            host.append(mail("c"));
            // Otherwise the next try would be after half a second.
            Thread other = new Thread(() -> java.util.concurrent.locks.LockSupport.parkNanos(1_500_000_000L));
            other.start();
            other.join();
            assertThat(receiver.got()).hasSize(1);
            assertThat(host.deadLetters()).isEmpty();
        }
    }

    @Test
    void aMailThatIsRefusedIsKeptAndTheOthersArrive() throws Exception {
        receiver = Receiver.http()
                .always(got ->
                        new String(got.body(), java.nio.charset.StandardCharsets.UTF_8).contains("\"subject\":\"bad\"")
                                ? Optional.of(new Receiver.Told(422, Map.of()))
                                : Optional.empty());
        try (WebhookHost host = new WebhookHost(data, Map.of(), io.mailroutes.camel.RunMode.ONCE)) {
            host.append(mail("a"), mail("bad"), mail("c")).start("url=" + receiver.url("/"), "secretRef=webhook");
            Await.until("the bad one is kept", () -> host.deadLetters().size() == 1);
            Await.until("the others are delivered", () -> host.status().delivered() == 2);
            assertThat(withSubject(receiver, "bad")).isEqualTo(2); // maximumAttempts
            assertThat(withSubject(receiver, "a")).isOne();
            assertThat(withSubject(receiver, "c")).isOne();
        }
    }

    @Test
    void aMailThatBreaksTheReceiverDoesNotStopTheOthers() throws Exception {
        receiver = Receiver.http()
                .always(got ->
                        new String(got.body(), java.nio.charset.StandardCharsets.UTF_8).contains("\"subject\":\"bad\"")
                                ? Optional.of(new Receiver.Told(500, Map.of()))
                                : Optional.empty());
        try (WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail("bad"), mail("b"), mail("c"), mail("d"), mail("e"))
                    .start("url=" + receiver.url("/"), "secretRef=webhook", "retries=0");
            Await.until("the others are delivered", () -> host.status().delivered() == 4);
            for (String subject : List.of("b", "c", "d", "e")) {
                assertThat(withSubject(receiver, subject)).isOne();
            }
        }
    }

    @Test
    void aRedirectIsAFailureOfTheReceiverInWords() throws Exception {
        receiver = Receiver.http()
                .always(got -> Optional.of(new Receiver.Told(302, Map.of("Location", "http://evil.example/canary"))));
        try (WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail("a")).start("url=" + receiver.url("/"), "secretRef=webhook");
            Await.until("SINK_DOWN", () -> host.is(MailboxState.SINK_DOWN));
            assertThat(host.status().reason())
                    .contains("answered 302: a redirect, which is not followed")
                    .doesNotContain("evil.example");
        }
    }

    @Test
    void stoppingDoesNotWaitForARetry() throws Exception {
        receiver = Receiver.http().always(got -> Optional.of(new Receiver.Told(503, Map.of())));
        long begin;
        try (WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail("a"))
                    .start(
                            "url=" + receiver.url("/"),
                            "secretRef=webhook",
                            "retryDelay=600000",
                            "longestRetryDelay=600000");
            Await.until("the first try", () -> receiver.got().size() == 1);
            begin = System.nanoTime();
        }
        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
        assertThat(receiver.got()).hasSize(1);
    }
}
