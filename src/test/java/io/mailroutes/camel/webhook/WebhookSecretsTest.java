package io.mailroutes.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.camel.MailboxState;
import io.mailroutes.testing.Await;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, API keys and secret URLs: they reach the receiver, and nobody else. */
@Timeout(90)
class WebhookSecretsTest {
    private static final String MAIL = "From: ann@example.com\nSubject: s\n\ntext\n";

    @TempDir
    Path data;

    @Test
    void aTokenThatTheReceiverRefusesIsReplacedOnceAndTheMailArrives() throws Exception {
        AtomicReference<String> first = new AtomicReference<>("");
        try (Receiver receiver = Receiver.http();
                WebhookHost host = new WebhookHost(data, Map.of())) {
            receiver.always(got -> {
                first.compareAndSet("", got.header("authorization"));
                return Optional.of(
                        new Receiver.Told(first.get().equals(got.header("authorization")) ? 401 : 204, Map.of()));
            });
            host.append(MAIL, MAIL).start("url=" + receiver.url("/"), "bearerAccount=box-token");
            Await.until("both are delivered", () -> host.status().delivered() == 2);
            List<String> shown = receiver.got().stream()
                    .map(got -> got.header("authorization"))
                    .toList();
            assertThat(shown).hasSize(3).allMatch(value -> value.startsWith("Bearer "));
            assertThat(shown.get(1)).isNotEqualTo(shown.get(0)).isEqualTo(shown.get(2));
            assertThat(host.authorization.tokensIssued()).contains(shown.get(1).substring("Bearer ".length()));
        }
    }

    @Test
    void aReceiverThatRefusesEveryTokenUsesUpNoMoreThanOne() throws Exception {
        try (Receiver receiver = Receiver.http();
                WebhookHost host = new WebhookHost(data, Map.of())) {
            receiver.always(got -> Optional.of(new Receiver.Told(401, Map.of())));
            host.append(MAIL).start("url=" + receiver.url("/"), "bearerAccount=box-token");
            Await.until("three attempts", () -> receiver.got().size() >= 4);
            assertThat(host.is(MailboxState.SINK_DOWN)).isTrue();
            assertThat(host.status().reason()).contains("our credentials were not taken: see to bearerAccount");
            assertThat(receiver.got().stream()
                            .map(got -> got.header("authorization"))
                            .distinct())
                    .hasSize(2);
            assertThat(host.installation.tokens("box-token").token()).isNotNull();
            assertThat(host.deadLetters()).isEmpty();
        }
    }

    @Test
    void withoutATokenNothingIsSentAndTheMailWaits() throws Exception {
        try (Receiver receiver = Receiver.http();
                WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(MAIL).start("url=" + receiver.url("/"), "bearerAccount=box-token");
            Await.until("delivered", () -> host.status().delivered() == 1);
            host.authorization.close();
            host.installation
                    .tokens("box-token")
                    .reject(host.installation.tokens("box-token").token());
            host.append(MAIL);
            Await.until("SINK_DOWN", () -> host.is(MailboxState.SINK_DOWN));
            assertThat(host.status().reason()).contains("box-token");
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @Test
    void nothingSecretIsLoggedAtAnyLevelWhateverHappens() throws Exception {
        try (Receiver receiver = Receiver.http();
                Receiver other = Receiver.http();
                RawReceiver echo = new RawReceiver((in, out) -> RawReceiver.write(out, "canary-key\r\n\r\n"));
                AllLogs logs = new AllLogs()) {
            Map<String, String> secrets = Map.of(
                    "url",
                    receiver.url("/canary-path?token=canary-query"),
                    "echo",
                    echo.url("/canary-path?token=canary-query"),
                    "key",
                    "canary-key",
                    "old",
                    "canary-raw-secret-of-24-bytes");
            receiver.then(500, 429, 401).then(302, "Location", other.url("/canary-path"));
            deliver(secrets, "urlRef=url", receiver);
            failTo(secrets, "urlRef=echo", echo);
            assertThat(receiver.got())
                    .allSatisfy(got -> assertThat(got.header("x-api-key")).isEqualTo("canary-key"))
                    .allSatisfy(got -> assertThat(got.target()).isEqualTo("/canary-path?token=canary-query"));
            assertThat(logs.lines().size()).as(String.join("\n", logs.lines())).isGreaterThan(200);
            assertThat(logs.lines())
                    .anyMatch(line -> line.startsWith("org.apache.hc."))
                    .anyMatch(line -> line.startsWith("org.apache.camel."));
            assertThat(logs.lines().stream()
                            .filter(line -> line.contains("canary") || line.contains(WebhookHost.SECRET.substring(6))))
                    .isEmpty();
        }
    }

    private void deliver(Map<String, String> secrets, String url, Receiver receiver) throws Exception {
        try (WebhookHost host = new WebhookHost(data.resolve("a"), secrets)) {
            host.append(MAIL, MAIL)
                    .start(
                            url,
                            "secretRef=webhook,old",
                            "headerSecretRef=key",
                            "headerName=X-Api-Key",
                            "retryDelay=10");
            Await.until("both are delivered", () -> host.status().delivered() == 2);
            assertThat(receiver.got()).hasSize(6);
        }
    }

    private void failTo(Map<String, String> secrets, String url, RawReceiver echo) throws Exception {
        try (WebhookHost host = new WebhookHost(data.resolve("b"), secrets)) {
            host.append(MAIL).start(url, "headerSecretRef=key", "headerName=X-Api-Key", "retries=0");
            Await.until("SINK_DOWN", () -> host.is(MailboxState.SINK_DOWN));
            assertThat(host.status().reason()).contains("not HTTP").doesNotContain("canary");
            assertThat(echo.heads().get(0)).contains("canary-key", "canary-query");
        }
    }
}
