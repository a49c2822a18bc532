package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.smtp.PermanentSmtpException;
import io.mailroutes.testing.ScriptedSmtpServer;
import io.mailroutes.testing.TestCertificates;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code smtps:} and {@code smtp:} with STARTTLS in a route, as people write them. */
@Timeout(60)
class SmtpTlsRouteTest {
    private final TestCertificates certificates = TestCertificates.create();

    @TempDir
    private Path directory;

    private StockHost host;

    @BeforeEach
    void start() {
        host = new StockHost(directory.resolve("data"));
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    @Test
    void smtpsIsTlsFromTheFirstByte() throws Exception {
        try (var server = ScriptedSmtpServer.tls(certificates.forLocalhost(), c -> c.greet("AUTH XOAUTH2")
                .expect("AUTH XOAUTH2 .+")
                .send("235 in")
                .takeMails())) {
            trust();
            assertThat(send("smtps", server.port(), "tls").getException()).isNull();
            assertThat(server.mails()).hasSize(1);
        }
    }

    @Test
    void smtpDemandsStartTls() throws Exception {
        try (var server = ScriptedSmtpServer.startTls(certificates.forLocalhost(), c -> c.greet("STARTTLS")
                .expect("STARTTLS")
                .send("220 go")
                .startTls()
                .hello("AUTH XOAUTH2")
                .expect("AUTH XOAUTH2 .+")
                .send("235 in")
                .takeMails())) {
            trust();
            assertThat(send("smtp", server.port(), "starttls").getException()).isNull();
            assertThat(server.mails()).hasSize(1);
        }
    }

    @Test
    void aServerWithoutStartTlsGetsNeitherTokenNorMail() throws Exception {
        try (var server =
                ScriptedSmtpServer.plain(c -> c.greet("AUTH XOAUTH2 PLAIN").untilClosed())) {
            Exchange sent = send("smtp", server.port(), "starttls");
            assertThat(sent.getException())
                    .isInstanceOf(PermanentSmtpException.class)
                    .hasMessageContaining("does not offer STARTTLS");
            assertThat(SinkFailure.kind(sent.getException())).isEqualTo(SinkFailure.Kind.SINK);
            server.awaitEnd();
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void anUnknownAuthorityGetsNeitherTokenNorMail() throws Exception {
        try (var server = ScriptedSmtpServer.tls(
                certificates.forLocalhost(), c -> c.greet("AUTH XOAUTH2").untilClosed())) {
            assertThat(send("smtps", server.port(), "tls").getException()).hasMessageContaining("unknown authority");
            assertThat(server.mails()).isEmpty();
        }
    }

    private void trust() throws Exception {
        host.account("ca-file", certificates.caFile(directory).toString());
    }

    private Exchange send(String scheme, int port, String security) throws Exception {
        host.account("smtp-host", "localhost")
                .account("smtp-port", Integer.toString(port))
                .account("smtp-security", security)
                .install();
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:out")
                        .to(scheme + "://{{mailroutes.accounts.support.smtp-host}}:" + port
                                + "?authenticator=#support&to=ann@example.com");
            }
        });
        host.context.start();
        return host.context.createProducerTemplate().send("direct:out", e -> e.getMessage()
                .setBody("text"));
    }
}
