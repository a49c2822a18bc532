package io.mailroutes.camel.queue;

import io.mailroutes.message.Mail;
import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** A session, which one thread at a time may use, and its producers. */
final class JmsSession {
    private final Connection connection;
    private final Session session;
    private final Map<QueueDestination, MessageProducer> producers = new HashMap<>();

    JmsSession(Connection connection) throws JMSException {
        this.connection = connection;
        this.session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    Connection connection() {
        return connection;
    }

    /** Returns when the broker has the mail on its disk. */
    void send(Mail mail, QueueOrder order, boolean streams, InputStream bytes)
            throws JMSException, IOException, QueueRefusedException {
        producer(order.destination()).send(JmsMessages.of(session, mail, order.format(), streams, bytes));
    }

    private MessageProducer producer(QueueDestination destination) throws JMSException {
        MessageProducer known = producers.get(destination);
        if (known != null) {
            return known;
        }
        MessageProducer producer = session.createProducer(destination.in(session));
        producer.setDeliveryMode(DeliveryMode.PERSISTENT);
        producer.setTimeToLive(0);
        producers.put(destination, producer);
        return producer;
    }

    void close() throws JMSException {
        session.close();
    }
}
