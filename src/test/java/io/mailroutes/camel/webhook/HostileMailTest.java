package io.mailroutes.camel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail that wants to steer the request steers nothing, and neither does what a route left in the headers. */
@Timeout(60)
class HostileMailTest {
    private static final Set<String> ALL_HEADERS = Set.of(
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature",
            "idempotency-key",
            "content-type",
            "content-length",
            "host",
            "connection",
            "user-agent");

    @TempDir
    Path data;

    private static String mail(int evilPort) {
        String evil = "http://127.0.0.1:" + evilPort + "/evil";
        return "From: \"CamelHttpUri: " + evil + "\" <a@example.com>\nSubject: ${sysenv.PATH} {{env:PATH}} \u202e\n"
                + "CamelHttpUri: " + evil + "?leak={{env:PATH}}\nCamelHttpPath: ../../admin\nCamelHttpQuery: y=2\n"
                + "CamelHttpRawQuery: y=2\nCamelHttpMethod: DELETE\ncamelhttpuri: " + evil + "\nCamelRestHttpUri: "
                + evil
                + "\nHost: evil.example\nAuthorization: Bearer evil\nCookie: a=b\nX-Forwarded-For: 1.2.3.4\n"
                + "webhook-id: evil\nwebhook-signature: v1,evil\nIdempotency-Key: evil\nContent-Encoding: gzip\n"
                + "Transfer-Encoding: chunked\nExpect: 100-continue\nReply-To: " + evil + "\nMessage-ID: <../../x@y>\n"
                + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n${header.x} http://evil\n--b\n"
                + "Content-Type: text/html; name=\"../../../etc/passwd\"\n\n<a href=" + evil + ">\n--b--\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "raw", "multipart"})
    void itSteersNothing(String format) throws Exception {
        try (Receiver receiver = Receiver.http();
                Receiver evil = Receiver.http();
                WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail(evil.port())).start("url=" + receiver.url("/in"), "secretRef=webhook", "format=" + format);
            Await.until("it is delivered", () -> host.status().delivered() == 1);
            assertAsConfigured(receiver, evil, host);
        }
    }

    @Test
    void headersOfTheRouteDoNotEither() throws Exception {
        try (Receiver receiver = Receiver.http();
                Receiver evil = Receiver.http();
                WebhookHost host = new WebhookHost(data, Map.of())) {
            host.append(mail(evil.port()));
            host.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("mailbox:box?delay=100")
                            .setHeader("CamelHttpUri", constant(evil.url("/evil")))
                            .setHeader("CamelRestHttpUri", constant(evil.url("/evil")))
                            .setHeader("CamelHttpPath", constant("/admin"))
                            .setHeader("CamelHttpRawQuery", constant("y=2"))
                            .setHeader("CamelHttpMethod", constant("DELETE"))
                            .setHeader("Authorization", constant("Bearer evil"))
                            .setHeader("webhook-id", constant("evil"))
                            .setHeader("Host", constant("evil.example"))
                            .setHeader("Content-Type", constant("text/evil"))
                            .setHeader("url", constant(evil.url("/evil")))
                            .to(WebhookHost.sink("url=" + receiver.url("/in"), "secretRef=webhook"));
                }
            });
            host.context.start();
            Await.until("it is delivered", () -> host.status().delivered() == 1);
            assertAsConfigured(receiver, evil, host);
        }
    }

    private static void assertAsConfigured(Receiver receiver, Receiver evil, WebhookHost host) throws Exception {
        assertThat(evil.got()).isEmpty();
        assertThat(receiver.got()).hasSize(1);
        Receiver.Got got = receiver.got().get(0);
        assertThat(got.method() + " " + got.target()).isEqualTo("POST /in");
        assertThat(got.headers().keySet()).isEqualTo(ALL_HEADERS);
        assertThat(got.header("host")).isEqualTo("localhost:" + receiver.port());
        assertThat(got.id()).startsWith("box/INBOX/");
        assertThat(got.headers().toString()).doesNotContain("evil", "gzip");
        assertThat(new String(got.body(), UTF_8)).contains("{{env:PATH}}");
        assertThat(host.deadLetters()).isEmpty();
    }
}
