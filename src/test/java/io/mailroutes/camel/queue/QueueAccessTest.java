package io.mailroutes.camel.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.ConfigurationException;
import io.mailroutes.camel.queue.QueueHost.Received;
import io.mailroutes.testing.LogLines;
import io.mailroutes.testing.Mails;
import io.mailroutes.testing.SelfSignedCertificate;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who reaches the embedded broker, and what other brokers do to a sink. */
@Timeout(120)
class QueueAccessTest {
    private static final byte[] RAW = "Subject: s\r\n\r\ntext\r\n".getBytes(UTF_8);

    @TempDir
    Path data;

    @TempDir
    Path other;

    private static Map<String, String> guarded() {
        return Map.of("listen", "127.0.0.1:0", "user", "reader", "password", "canary");
    }

    private static Map<String, String> remote(String url) {
        return Map.of("url", url);
    }

    private static void connect(String url, String user, String password) throws JMSException {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = quick(factory).createConnection(user, password);
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            session.createConsumer(session.createQueue("orders")).close();
        }
    }

    private static ActiveMQConnectionFactory quick(ActiveMQConnectionFactory factory) {
        factory.setCallTimeout(2_000);
        factory.setUseGlobalPools(false);
        return factory;
    }

    @Test
    void whoHasNoPasswordReadsNothing() throws Exception {
        try (QueueHost host = new QueueHost(data, guarded())) {
            host.send(host.sink("orders"), QueueHost.mail(1, RAW));

            assertThatThrownBy(() -> connect(host.url(), "reader", "wrong")).isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> connect(host.url(), "other", "canary")).isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> connect(host.url(), null, null)).isInstanceOf(JMSSecurityException.class);
            connect(host.url(), "reader", "canary");
        }
    }

    @Test
    void nobodyAdministersTheBrokerFromOutside() throws Exception {
        try (QueueHost host = new QueueHost(data, guarded())) {
            host.sink("orders");
            ConnectionFactory factory = ArtemisClient.factory(host.url());
            try (Connection connection = factory.createConnection("reader", "canary");
                    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
                Queue management = session.createQueue("activemq.management");
                assertThatThrownBy(() -> {
                            MessageProducer producer = session.createProducer(management);
                            producer.send(session.createTextMessage("x"));
                        })
                        .isInstanceOf(JMSException.class);
            } finally {
                ArtemisClient.close(factory);
            }
        }
    }

    @Test
    void withACertificateItSpeaksTlsAlone() throws Exception {
        Map<String, String> tls = tls();
        String keyStore = tls.get("key-store");
        try (QueueHost host = new QueueHost(data, tls)) {
            host.send(host.sink("orders"), QueueHost.mail(1, RAW));

            String trust = "?sslEnabled=true&trustStorePath=" + keyStore + "&trustStorePassword=not-a-secret"
                    + "&trustStoreType=PKCS12";
            connect("tcp://localhost:" + host.port() + trust, "reader", "canary");
            assertThatThrownBy(() -> connect(host.url(), "reader", "canary")).isInstanceOf(JMSException.class);
            assertThat(Files.getPosixFilePermissions(data.resolve("queue/listen.p12")))
                    .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        }
        assertThat(data.resolve("queue/listen.p12")).doesNotExist();
    }

    private Map<String, String> tls() throws IOException {
        SelfSignedCertificate.write(other);
        Map<String, String> tls = new HashMap<>(guarded());
        tls.put("key-store", other.resolve("server.p12").toString());
        tls.put("key-store-password", "not-a-secret");
        return tls;
    }

    @Test
    void noPasswordIsLoggedWhenItCannotListenAndNoneIsInTheMessage() throws Exception {
        Map<String, String> tls = tls();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                LogLines log = LogLines.of("org.apache.activemq")) {
            tls.put("listen", "127.0.0.1:" + taken.getLocalPort());
            try (QueueHost host = new QueueHost(data, tls)) {
                assertThatThrownBy(() -> host.sink("orders"))
                        .isInstanceOf(ConfigurationException.class)
                        .message()
                        .doesNotContain("not-a-secret", "canary");
            }
            assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.matches("(?s).*(not-a-secret|canary).*"));
        }
    }

    @Test
    void aKeyStoreThatDoesNotOpenIsSaidAtTheStart() throws Exception {
        Map<String, String> tls = tls();
        tls.put("key-store-password", "wrong-canary");
        try (QueueHost host = new QueueHost(data, tls)) {
            assertThatThrownBy(() -> host.sink("orders"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("mailroutes.queue.key-store")
                    .message()
                    .doesNotContain("canary");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidAtTheStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                QueueHost host = new QueueHost(data, Map.of("listen", "127.0.0.1:" + taken.getLocalPort()))) {
            assertThatThrownBy(() -> host.sink("orders"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContainingAll(
                            "mailroutes.queue.listen", "cannot listen at 127.0.0.1 port " + taken.getLocalPort());
        }
        try (QueueHost host = QueueHost.embedded(data)) {
            host.send(host.sink("orders"), QueueHost.mail(1, RAW)); // what did not start holds nothing
        }
    }

    @Test
    void itIsReadByAmqpToTheByte() throws Exception {
        Mails mails = Mails.mixed(3);
        try (QueueHost host = QueueHost.embedded(data)) {
            QueueSink sink = host.sink("orders");
            for (int i = 0; i < 20; i++) {
                host.send(sink, QueueHost.mail(i + 1, mails.mail(i)));
            }
            List<Received> taken =
                    QueueHost.take(new JmsConnectionFactory("amqp://127.0.0.1:" + host.port()), "orders");

            assertThat(taken).hasSize(20);
            for (int i = 0; i < 20; i++) {
                assertThat(taken.get(i).key()).isEqualTo("box/INBOX/1/" + (i + 1));
                assertThat(taken.get(i).body()).isEqualTo(mails.mail(i));
            }
        }
    }

    @Test
    void anotherBrokerIsReachedByItsOwnProtocolAndByAmqp() throws Exception {
        Mails mails = Mails.mixed(4);
        try (QueueHost broker = QueueHost.embedded(data)) {
            broker.sink("any");
            for (String url : List.of(broker.url(), "amqp://127.0.0.1:" + broker.port())) {
                try (QueueHost host = new QueueHost(other.resolve(url.substring(0, 4)), remote(url))) {
                    QueueSink sink = host.sink("orders");
                    for (int i = 0; i < 20; i++) {
                        host.send(sink, QueueHost.mail(i + 1, mails.mail(i)));
                        host.send(sink, QueueHost.mail(i + 1, mails.mail(i)));
                    }
                }
                List<Received> taken = broker.take("orders");
                assertThat(taken).as(url).hasSize(url.startsWith("tcp") ? 20 : 0);
                for (int i = 0; i < taken.size(); i++) {
                    assertThat(taken.get(i).body()).isEqualTo(mails.mail(i));
                }
            }
        }
    }

    @Test
    void aBrokerThatIsAwayIsNoReasonNotToStartAndIsFoundWhenItIsBack() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        for (String scheme : List.of("tcp", "amqp")) {
            try (QueueHost host = new QueueHost(other.resolve(scheme), remote(scheme + "://127.0.0.1:" + port))) {
                QueueSink sink = host.sink("orders");
                assertThatThrownBy(() -> host.send(sink, QueueHost.mail(1, RAW)))
                        .isInstanceOf(QueueAwayException.class)
                        .hasMessageContaining(
                                "the broker at " + scheme + "://127.0.0.1:" + port + " cannot be reached");
                try (QueueHost broker = new QueueHost(data.resolve(scheme), Map.of("listen", "127.0.0.1:" + port))) {
                    broker.sink("any");
                    host.send(sink, QueueHost.mail(1, RAW));
                    assertThat(broker.take("orders")).hasSize(1);
                }
            }
        }
    }

    @Test
    void aRefusedLoginIsTheSinksAndShowsNoPassword() throws Exception {
        try (QueueHost broker = new QueueHost(data, guarded())) {
            broker.sink("any");
            for (String url : List.of(broker.url(), "amqp://127.0.0.1:" + broker.port())) {
                Map<String, String> wrong = Map.of("url", url, "user", "reader", "password", "secret-canary");
                try (QueueHost host = new QueueHost(other.resolve(url.substring(0, 4)), wrong)) {
                    QueueSink sink = host.sink("orders");
                    assertThatThrownBy(() -> host.send(sink, QueueHost.mail(1, RAW)))
                            .isInstanceOf(QueueAwayException.class)
                            .hasMessageContaining("refuses us: look at mailroutes.queue.user")
                            .message()
                            .doesNotContain("canary");
                }
            }
        }
    }

    @Test
    void aBrokerThatAcceptsAndSaysNothingIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            for (String scheme : List.of("tcp", "amqp")) {
                try (QueueHost host = new QueueHost(
                        other.resolve(scheme), remote(scheme + "://127.0.0.1:" + silent.getLocalPort()))) {
                    QueueSink sink = host.sink("orders");
                    sink.stop();
                    sink.setTimeout(1_000);
                    sink.start();
                    assertThatThrownBy(() -> host.send(sink, QueueHost.mail(1, RAW)))
                            .isInstanceOf(QueueAwayException.class)
                            .hasMessageContaining("did not answer within 1000 ms");
                    assertThat(Thread.interrupted()).isFalse();
                }
            }
        }
    }

    @Test
    void optionsThatAClientDoesNotKnowAreRefusedAtTheStart() {
        try (QueueHost host = new QueueHost(data, remote("amqp://127.0.0.1:1?jms.nonsense=1"))) {
            assertThatThrownBy(() -> host.sink("orders"))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("mailroutes.queue.url: its client does not take it");
        }
    }
}
