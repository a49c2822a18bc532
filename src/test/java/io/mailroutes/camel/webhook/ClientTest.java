package io.mailroutes.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.MemoryContent;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLException;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves and what comes in, on real sockets. */
@Timeout(60)
class ClientTest {
    private static final Body BODY = new Body("application/json", new MemoryContent(new byte[] {'{', '}'}), true);
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(20), 2);
    private static final Limits SHORT =
            new Limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(400), 2);

    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        alarms.shutdownNow();
    }

    private Client client(String url, Limits limits, Optional<Path> caFile) throws Exception {
        return new Client(
                context,
                Clock.systemUTC(),
                Target.of(url, false),
                new OwnHeaders(Set.of("webhook-id", "Authorization")),
                limits,
                Authorities.trusting(caFile),
                alarms);
    }

    private Answer post(String url, Limits limits) throws Exception {
        return post(url, limits, Optional.empty());
    }

    private Answer post(String url, Limits limits, Optional<Path> caFile) throws Exception {
        try (Client client = client(url, limits, caFile)) {
            return client.post(BODY, Map.of("webhook-id", "box/IN%20BOX/1/7"));
        }
    }

    @Test
    void nothingLeavesButWhatIsSetAndWhatHttpNeeds() throws Exception {
        try (Receiver receiver = Receiver.http();
                Client client = client(receiver.url("/a/b?c=d%20e"), LIMITS, Optional.empty())) {
            assertThat(client.post(BODY, Map.of("webhook-id", "box/IN%20BOX/1/7", "X-Other", "no")))
                    .isEqualTo(new Answer(204, Duration.ZERO));
            Receiver.Got got = receiver.got().get(0);
            assertThat(got.method()).isEqualTo("POST");
            assertThat(got.target()).isEqualTo("/a/b?c=d%20e");
            assertThat(got.body()).asString().isEqualTo("{}");
            assertThat(got.headers().keySet())
                    .containsExactlyInAnyOrder(
                            "webhook-id", "content-type", "content-length", "host", "connection", "user-agent");
            assertThat(got.id()).isEqualTo("box/IN%20BOX/1/7");
            assertThat(got.header("content-type")).isEqualTo("application/json");
            assertThat(got.header("content-length")).isEqualTo("2");
            assertThat(got.header("user-agent")).isEqualTo("Mailroutes");
        }
    }

    @Test
    void camelsOwnHeadersAreNoHeadersOfOurs() throws Exception {
        try (Receiver receiver = Receiver.http();
                Receiver evil = Receiver.http();
                Client client = client(receiver.url("/here?x=1"), LIMITS, Optional.empty())) {
            client.post(
                    BODY,
                    Map.of(
                            "CamelHttpUri", evil.url("/evil"),
                            "CamelRestHttpUri", evil.url("/evil"),
                            "CamelHttpPath", "../../admin",
                            "CamelHttpQuery", "y=2",
                            "CamelHttpRawQuery", "y=2",
                            "CamelHttpMethod", "DELETE",
                            "CamelHttpProtocolVersion", "HTTP/1.0",
                            "Host", "evil.example",
                            "Cookie", "a=b"));
            assertThat(evil.got()).isEmpty();
            assertThat(receiver.got()).hasSize(1);
            Receiver.Got got = receiver.got().get(0);
            assertThat(got.method() + " " + got.target()).isEqualTo("POST /here?x=1");
            assertThat(got.header("host")).isEqualTo("localhost:" + receiver.port());
            assertThat(got.headers()).doesNotContainKey("cookie");
        }
    }

    @Test
    void whatAHostSetsOnItsHttpComponentHasNoSay() throws Exception {
        HttpComponent https = context.getComponent("http", HttpComponent.class);
        https.setFollowRedirects(true);
        https.setProxyHost("proxy.invalid");
        https.setProxyPort(1);
        try (Receiver receiver = Receiver.http()) {
            receiver.then(302, "Location", receiver.url("/elsewhere"));
            assertThat(post(receiver.url("/"), LIMITS).status()).isEqualTo(302);
            assertThat(receiver.got()).hasSize(1);
            assertThat(context.getEndpoints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void noRedirectIsFollowed(int status) throws Exception {
        try (Receiver receiver = Receiver.http();
                Receiver other = Receiver.http()) {
            receiver.then(status, "Location", other.url("/stolen"));
            assertThat(post(receiver.url("/"), LIMITS).status()).isEqualTo(status);
            assertThat(other.got()).isEmpty();
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void theHttpClientRepeatsNothingOnItsOwn(int status) throws Exception {
        try (Receiver receiver = Receiver.http()) {
            receiver.then(status, "Retry-After", "1");
            assertThat(post(receiver.url("/"), LIMITS)).isEqualTo(new Answer(status, Duration.ofSeconds(1)));
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @Test
    void cookiesAreNotKeptAndTheConnectionIs() throws Exception {
        try (Receiver receiver = Receiver.http();
                Client client = client(receiver.url("/"), LIMITS, Optional.empty())) {
            receiver.then(200, "Set-Cookie", "session=1").then(200, 200);
            for (int i = 0; i < 3; i++) {
                assertThat(client.post(BODY, Map.of()).status()).isEqualTo(200);
            }
            assertThat(receiver.got()).hasSize(3).noneMatch(got -> got.headers().containsKey("cookie"));
        }
    }

    @Test
    void aCertificateOfAKnownAuthorityForTheRightNameIsTaken() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        Path caFile = certificates.caFile(directory);
        try (Receiver receiver = Receiver.https(certificates.forLocalhost())) {
            assertThat(post(receiver.url("/x"), LIMITS, Optional.of(caFile)).status())
                    .isEqualTo(204);
            assertThatThrownBy(() -> post(receiver.url("/x"), LIMITS)).isInstanceOf(SSLException.class);
            assertThat(receiver.got()).hasSize(1);
        }
    }

    @Test
    void aCertificateForAnotherNameOrOneThatHasEndedIsRefusedBeforeAnythingIsSent() throws Exception {
        TestCertificates certificates = TestCertificates.create();
        Optional<Path> caFile = Optional.of(certificates.caFile(directory));
        try (Receiver wrong = Receiver.https(certificates.forNames("hooks.example.com"));
                Receiver old = Receiver.https(certificates.expired())) {
            assertThatThrownBy(() -> post(wrong.url("/"), LIMITS, caFile)).isInstanceOf(SSLException.class);
            assertThatThrownBy(() -> post(old.url("/"), LIMITS, caFile)).isInstanceOf(SSLException.class);
            assertThat(wrong.got()).isEmpty();
            assertThat(old.got()).isEmpty();
        }
    }

    @Test
    void anAnswerThatDripsIsCutByTheLimitOfTheWhole() throws Exception {
        try (RawReceiver receiver = new RawReceiver((in, out) -> {
            RawReceiver.write(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
            while (true) {
                RawReceiver.write(out, "x");
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
        })) {
            assertThatThrownBy(() -> post(receiver.url("/"), SHORT))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("400 ms");
            Await.until("the connection is closed", () -> receiver.heads().contains("left"));
        }
    }

    @Test
    void aReceiverThatSaysNothingAndOneWhoseBodyDripsAreCutToo() throws Exception {
        try (RawReceiver mute = new RawReceiver((in, out) -> in.readAllBytes());
                RawReceiver drip = new RawReceiver((in, out) -> {
                    RawReceiver.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                    while (true) {
                        RawReceiver.write(out, "x");
                        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                    }
                })) {
            assertThatThrownBy(() -> post(mute.url("/"), SHORT)).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> post(drip.url("/"), SHORT)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void ofAnEndlessAnswerLittleIsReadAndItsStatusCounts() throws Exception {
        byte[] much = new byte[1 << 16];
        Arrays.fill(much, (byte) 'x');
        try (RawReceiver receiver = new RawReceiver((in, out) -> {
            RawReceiver.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n");
            while (true) {
                out.write(much);
            }
        })) {
            assertThat(post(receiver.url("/"), LIMITS).status()).isEqualTo(200);
            Await.until("the connection is closed", () -> receiver.heads().contains("left"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX: ", "", "HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nX: "
            })
    void aHeadWithoutAnEndIsNotTakenIntoMemory(String start) throws Exception {
        try (RawReceiver receiver = new RawReceiver((in, out) -> {
            RawReceiver.write(out, start);
            while (true) {
                RawReceiver.write(out, "x".repeat(1000));
            }
        })) {
            assertThatThrownBy(() -> post(receiver.url("/"), LIMITS)).isInstanceOf(IOException.class);
            Await.until("the connection is closed", () -> receiver.heads().contains("left"));
        }
    }

    @Test
    void headersWithoutNumberAreNotTakenEither() throws Exception {
        try (RawReceiver receiver = new RawReceiver((in, out) -> {
            RawReceiver.write(out, "HTTP/1.1 200 OK\r\n");
            while (true) {
                RawReceiver.write(out, "A: b\r\n");
            }
        })) {
            assertThatThrownBy(() -> post(receiver.url("/"), LIMITS)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void halfAnAnswerIsAFailureAndNoAnswerToo() throws Exception {
        try (RawReceiver half = new RawReceiver((in, out) -> RawReceiver.write(out, "HTTP/1.1 20"));
                RawReceiver short1 = new RawReceiver(
                        (in, out) -> RawReceiver.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"));
                RawReceiver none = new RawReceiver((in, out) -> {})) {
            assertThatThrownBy(() -> post(half.url("/"), LIMITS)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> post(short1.url("/"), LIMITS)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> post(none.url("/"), LIMITS)).isInstanceOf(NoHttpResponseException.class);
        }
    }

    @Test
    void aReceiverThatRefusesALargeBodyBeforeItsEndIsHeard() throws Exception {
        Body large = new Body("message/rfc822", new MemoryContent(new byte[64 << 20]), false);
        try (RawReceiver receiver = new RawReceiver((in, out) -> {
                    RawReceiver.write(out, "HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                    in.transferTo(OutputStream.nullOutputStream());
                });
                Client client = client(receiver.url("/"), LIMITS, Optional.empty())) {
            assertThat(client.post(large, Map.of()).status()).isEqualTo(413);
        }
    }
}
