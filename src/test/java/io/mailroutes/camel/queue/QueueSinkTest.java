package io.mailroutes.camel.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.camel.queue.QueueHost.Received;
import io.mailroutes.message.Mail;
import io.mailroutes.testing.Mails;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueSinkTest {
    private static final byte[] RAW = "Subject: an order\r\nFrom: ann@example.com\r\n\r\ntext\r\n".getBytes(UTF_8);

    @TempDir
    Path data;

    @Test
    void rawIsTheMailByteForByteInAPersistentMessage() throws Exception {
        try (QueueHost host = QueueHost.embedded(data)) {
            host.send(host.sink("orders"), QueueHost.mail(7, RAW));

            Received received = host.take("orders").get(0);
            Message message = received.message();
            assertThat(received.body()).isEqualTo(RAW);
            assertThat(message.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
            assertThat(message.getJMSExpiration()).isZero();
            assertThat(message.getStringProperty("_AMQ_DUPL_ID")).isEqualTo("box/INBOX/1/7");
            assertThat(message.getStringProperty("MailKey")).isEqualTo("box/INBOX/1/7");
            assertThat(message.getStringProperty("MailContentType")).isEqualTo("message/rfc822");
            assertThat(message.getStringProperty("MailSubject")).isEqualTo("an order");
            assertThat(message.getLongProperty("MailUid")).isEqualTo(7);
        }
    }

    @Test
    void jsonIsTheJsonFormAsText() throws Exception {
        try (QueueHost host = QueueHost.embedded(data)) {
            QueueSink sink = host.sink("orders");
            sink.setFormat("json");
            sink.stop();
            sink.start();
            host.send(sink, QueueHost.mail(7, RAW));

            Received received = host.take("orders").get(0);
            Message message = received.message();
            byte[] json = received.body();
            assertThat(message).isInstanceOf(TextMessage.class);
            assertThat(new ObjectMapper().readTree(json).path("key").asText()).isEqualTo("box/INBOX/1/7");
            assertThat(message.getStringProperty("MailContentType")).isEqualTo("application/json");
        }
    }

    @Test
    void mailsOfEveryKindAndSizeArriveToTheByte() throws Exception {
        Mails mails = Mails.mixed(5);
        try (QueueHost host = QueueHost.embedded(data)) {
            QueueSink sink = host.sink("orders");
            for (int i = 0; i < 20; i++) {
                host.send(sink, QueueHost.mail(i + 1, mails.mail(i)));
            }
            List<Received> taken = host.take("orders");

            assertThat(taken).hasSize(20);
            for (int i = 0; i < 20; i++) {
                assertThat(taken.get(i).key()).isEqualTo("box/INBOX/1/" + (i + 1));
                assertThat(taken.get(i).body()).isEqualTo(mails.mail(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 300_000})
    void theSameMailTwiceIsThereOnceAlsoAfterARestart(int size) throws Exception {
        byte[] raw = new byte[size];
        new Random(1).nextBytes(raw);
        try (QueueHost host = QueueHost.embedded(data)) {
            QueueSink sink = host.sink("orders");
            host.send(sink, QueueHost.mail(1, raw), QueueHost.mail(1, raw), QueueHost.mail(2, raw));
            assertThat(host.browse("orders")).hasSize(2);
        }
        try (QueueHost host = QueueHost.embedded(data)) {
            host.send(host.sink("orders"), QueueHost.mail(2, raw), QueueHost.mail(3, raw));
            assertThat(host.take("orders"))
                    .extracting(Received::key)
                    .containsExactly("box/INBOX/1/1", "box/INBOX/1/2", "box/INBOX/1/3");
        }
    }

    @Test
    void headersOfTheExchangeSteerNothing() throws Exception {
        try (QueueHost host = QueueHost.embedded(data)) {
            QueueSink sink = host.sink("orders");
            Mail mail = QueueHost.mail(
                    1,
                    ("CamelJmsDestinationName: evil\r\nJMSReplyTo: evil\r\nJMSXGroupID: g\r\n_AMQ_SCHED_DELIVERY: 9\r\n"
                                    + "Subject: ${sysenv.HOME} {{env:HOME}}\r\n\r\nt\r\n")
                            .getBytes(UTF_8));
            Exchange exchange = host.exchange(mail);
            for (String name : List.of("CamelJmsDestinationName", "CamelJmsDestination", "JMSReplyTo", "JMSPriority")) {
                exchange.getMessage().setHeader(name, "evil");
            }
            exchange.getMessage().setHeader("MailKey", "evil");
            sink.process(exchange);

            Message message = host.take("orders").get(0).message();
            assertThat(message.getStringProperty("MailKey")).isEqualTo("box/INBOX/1/1");
            assertThat(message.getStringProperty("MailSubject")).isEqualTo("${sysenv.HOME} {{env:HOME}}");
            assertThat(message.getJMSReplyTo()).isNull();
            assertThat(message.getJMSPriority()).isEqualTo(4);
            assertThat(ownProperties(message))
                    .allMatch(name -> name.matches("Mail[A-Za-z]+|_AMQ_DUPL_ID|JMSXDeliveryCount|_AMQ_ROUTING_TYPE"));
            assertThat(host.browse("evil")).isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static TreeSet<String> ownProperties(Message message) throws Exception {
        return new TreeSet<>(Collections.list(message.getPropertyNames()));
    }

    @Test
    void whatASenderWroteInTheHeaderIsBoundedInTheProperties() throws Exception {
        String many = "a@example.com, ".repeat(5_000) + "b@example.com";
        String raw = "To: " + many.replace(", ", ",\r\n ") + "\r\nSubject: " + "x".repeat(900) + "\r\n\r\nt\r\n";
        try (QueueHost host = QueueHost.embedded(data)) {
            host.send(host.sink("orders"), QueueHost.mail(1, raw.getBytes(UTF_8)));

            Received received = host.take("orders").get(0);
            assertThat(received.message().getStringProperty("MailTo")).hasSize(1000);
            assertThat(received.body()).isEqualTo(raw.getBytes(UTF_8));
        }
    }

    @Test
    void twoInstallationsInOneJvmDoNotMeet(@TempDir Path other) throws Exception {
        try (QueueHost one = QueueHost.embedded(data);
                QueueHost two = QueueHost.embedded(other)) {
            one.send(one.sink("orders"), QueueHost.mail(1, RAW));
            two.send(two.sink("orders"), QueueHost.mail(2, RAW), QueueHost.mail(3, RAW));

            assertThat(one.take("orders")).extracting(Received::key).containsExactly("box/INBOX/1/1");
            assertThat(two.take("orders")).hasSize(2);
        }
    }

    @Test
    void oneDataDirectoryHasOneBroker() throws Exception {
        try (QueueHost one = QueueHost.embedded(data);
                QueueHost two = QueueHost.embedded(data)) {
            one.sink("orders");
            assertThatThrownBy(() -> two.sink("orders"))
                    .hasStackTraceContaining(
                            "are in use by process " + ProcessHandle.current().pid())
                    .hasStackTraceContaining("mailroutes.queue.url");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "queue:", "a b", "${header.MailSubject}", "a?consumer.x=y", "a\nb"})
    void whatIsNoNameOfAQueueIsRefusedAtTheStart(String destination) {
        try (QueueHost host = QueueHost.embedded(data)) {
            assertThatThrownBy(() -> host.sink(destination)).hasStackTraceContaining("mail-queue-sink: destination");
        }
        assertThat(data.resolve("queue")).doesNotExist();
    }

    @Test
    void badOptionsAreRefusedInWords() {
        assertThatThrownBy(() -> new QueueSink().setFormat("eml"))
                .hasMessage("mail-queue-sink: format=eml is not known: use json or raw");
        assertThatThrownBy(() -> new QueueSink().setTimeout(10))
                .hasMessage("mail-queue-sink: timeout=10 is not between 1000 and 600000 milliseconds");
    }

    @Test
    void aBodyThatIsNoMailIsRefusedInWords() {
        try (QueueHost host = QueueHost.embedded(data)) {
            QueueSink sink = host.sink("orders");
            assertThatThrownBy(() -> sink.process(host.exchange("text")))
                    .hasMessageContainingAll("mail-queue-sink needs the mail as the body", "java.lang.String");
        }
    }

    @Test
    void withoutABrokerTheSinkDoesNotStart() {
        try (QueueHost host = new QueueHost(data, Map.of("embedded", "false"))) {
            assertThatThrownBy(() -> host.sink("orders"))
                    .hasStackTraceContaining("mailroutes.queue.url: is needed: mailroutes.queue.embedded is false");
        }
    }

    @Test
    void nothingIsStartedUntilASinkIs() {
        try (QueueHost host = QueueHost.embedded(data)) {
            assertThat(host.context().getCamelContextExtension().getContextPlugin(JmsLink.class))
                    .isNull();
            assertThat(data.resolve("queue")).doesNotExist();
        }
    }
}
