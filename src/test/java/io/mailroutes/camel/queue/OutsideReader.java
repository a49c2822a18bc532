package io.mailroutes.camel.queue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.apache.camel.CamelContext;

/** Looks into the queues of a context's embedded broker by its acceptor, for tests of other packages. */
public final class OutsideReader {
    private OutsideReader() {}

    /** The messages of a queue, which stay there; {@code mailroutes.queue.listen} has to be set. */
    public static List<Message> browse(CamelContext context, String queue) throws JMSException {
        EmbeddedBroker broker = (EmbeddedBroker) JmsLink.of(context).client();
        ConnectionFactory factory =
                ArtemisClient.factory("tcp://127.0.0.1:" + broker.port().orElseThrow());
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
                QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            List<Message> found = new ArrayList<>();
            for (Enumeration<?> messages = browser.getEnumeration(); messages.hasMoreElements(); ) {
                found.add((Message) messages.nextElement());
            }
            return found;
        } finally {
            ArtemisClient.close(factory);
        }
    }

    /** The delivery keys of the messages in a queue. */
    public static List<String> keys(CamelContext context, String queue) throws JMSException {
        List<String> keys = new ArrayList<>();
        for (Message message : browse(context, queue)) {
            keys.add(message.getStringProperty("MailKey"));
        }
        return keys;
    }
}
