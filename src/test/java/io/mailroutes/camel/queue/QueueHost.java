package io.mailroutes.camel.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.camel.Installation;
import io.mailroutes.camel.Installer;
import io.mailroutes.message.Content;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.MemoryContent;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A Camel context with sinks in it, and what stands in their queues. */
public final class QueueHost implements AutoCloseable {
    private final DefaultCamelContext context = new DefaultCamelContext();

    /** A message whose body was read while it could be: Artemis gives a large one to its receiver, and to the next one no more. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Received(String key, byte[] body, Message message) {
        static Received of(Message message) throws JMSException {
            String key = message.getStringProperty("MailKey");
            if (message instanceof TextMessage text) {
                return new Received(key, text.getText().getBytes(UTF_8), message);
            }
            BytesMessage bytes = (BytesMessage) message;
            byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
            bytes.readBytes(body);
            return new Received(key, body, message);
        }
    }

    /** @param more keys after {@code mailroutes.queue.} and their values */
    QueueHost(Path data, Map<String, String> more) {
        Properties properties = new Properties();
        properties.setProperty("mailroutes.data-directory", data.toString());
        more.forEach((key, value) -> properties.setProperty("mailroutes.queue." + key, value));
        context.getPropertiesComponent().setInitialProperties(properties);
        Installer.install(context, Installation.Terms.standard());
        context.start();
    }

    static QueueHost embedded(Path data) {
        return new QueueHost(data, Map.of("listen", "127.0.0.1:0"));
    }

    DefaultCamelContext context() {
        return context;
    }

    /** A started sink that sends raw mail. */
    QueueSink sink(String destination) {
        QueueSink sink = new QueueSink();
        sink.setCamelContext(context);
        sink.setDestination(destination);
        sink.setFormat("raw");
        sink.start();
        return sink;
    }

    void send(QueueSink sink, Mail... mails) throws Exception {
        for (Mail mail : mails) {
            sink.process(exchange(mail));
        }
    }

    Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    static Mail mail(long uid, byte[] raw) {
        return mail(uid, new MemoryContent(raw));
    }

    static Mail mail(long uid, Content raw) {
        return Mail.of(
                new DeliveryKey("box", "INBOX", 1, uid),
                Set.of(),
                Instant.parse("2026-03-01T10:00:00Z"),
                raw,
                MailLimits.DEFAULT);
    }

    EmbeddedBroker broker() {
        return (EmbeddedBroker) JmsLink.of(context).client();
    }

    int port() {
        return broker().port().orElseThrow();
    }

    String url() {
        return "tcp://127.0.0.1:" + port();
    }

    /** The messages of a queue, as one finds them who comes from outside; they stay. */
    List<Received> browse(String queue) throws JMSException {
        ConnectionFactory factory = ArtemisClient.factory(url());
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            Queue from = session.createQueue(queue);
            List<Received> found = new ArrayList<>();
            try (QueueBrowser browser = session.createBrowser(from)) {
                for (Enumeration<?> messages = browser.getEnumeration(); messages.hasMoreElements(); ) {
                    found.add(Received.of((Message) messages.nextElement()));
                }
            }
            return found;
        } finally {
            ArtemisClient.close(factory);
        }
    }

    /** Takes the messages of a queue out until there is none. */
    static List<Received> take(ConnectionFactory factory, String queue) throws JMSException {
        List<Received> taken = new ArrayList<>();
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
                for (Message next = consumer.receive(2000); next != null; next = consumer.receive(500)) {
                    taken.add(Received.of(next));
                }
            }
        }
        return taken;
    }

    List<Received> take(String queue) throws JMSException {
        return take(url(), queue);
    }

    /** What is in the queue of a broker that listens there. */
    public static List<Received> take(String url, String queue) throws JMSException {
        ConnectionFactory factory = ArtemisClient.factory(url);
        try {
            return take(factory, queue);
        } finally {
            ArtemisClient.close(factory);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
