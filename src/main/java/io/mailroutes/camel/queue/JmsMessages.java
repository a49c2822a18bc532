package io.mailroutes.camel.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.camel.MailHeaders;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailJson;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Makes the message of a mail. Its properties are ours, a fixed set; a sender chooses none, and no more than a bounded
 * piece of what stands in them.
 */
final class JmsMessages {
    /** By which ActiveMQ Artemis knows a message that it has already; other brokers keep it as a property. */
    static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    /** {@code application/json} or {@code message/rfc822}. */
    static final String CONTENT_TYPE = "MailContentType";

    /** Artemis reads the body from a stream that is given by this name. */
    private static final String STREAM = "JMS_AMQ_InputStream";

    /** Brokers keep properties in memory. The whole of it is in the body. */
    private static final int LONGEST_VALUE = 1000;

    private static final int CHUNK = 64 * 1024;

    /** A client that cannot stream holds a mail several times. */
    private static final int SHARE_OF_MEMORY = 8;

    private JmsMessages() {}

    /**
     * @param bytes the raw mail; it is read here, or by whoever sends the message
     * @param streams whether the client can read from a stream
     */
    static Message of(Session session, Mail mail, QueueFormat format, boolean streams, InputStream bytes)
            throws JMSException, IOException, QueueRefusedException {
        Message message = format == QueueFormat.JSON
                ? session.createTextMessage(new String(MailJson.of(mail), UTF_8))
                : raw(session, mail, streams, bytes);
        for (Map.Entry<String, Object> header : MailHeaders.of(mail).entrySet()) {
            message.setObjectProperty(header.getKey(), bounded(header.getKey(), header.getValue()));
        }
        message.setStringProperty(CONTENT_TYPE, format.contentType());
        message.setStringProperty(DUPLICATE_ID, mail.key().text());
        return message;
    }

    private static BytesMessage raw(Session session, Mail mail, boolean streams, InputStream bytes)
            throws JMSException, IOException, QueueRefusedException {
        BytesMessage message = session.createBytesMessage();
        if (streams && mail.raw().size() > ArtemisClient.LARGE) {
            message.setObjectProperty(STREAM, bytes);
            return message;
        }
        requireMemory(mail);
        byte[] chunk = new byte[CHUNK];
        for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
            message.writeBytes(chunk, 0, read);
        }
        return message;
    }

    private static void requireMemory(Mail mail) throws QueueRefusedException {
        long most = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
        if (mail.raw().size() > most) {
            throw new QueueRefusedException("mail-queue-sink: " + mail.key() + " is not delivered, it has "
                    + mail.raw().size() + " bytes and the client of this broker holds a mail in memory: give Java more"
                    + " (-Xmx), use tcp:// to ActiveMQ Artemis, which streams, or format=json");
        }
    }

    private static Object bounded(String name, Object value) {
        if (!(value instanceof String text) || text.length() <= LONGEST_VALUE || name.equals(MailHeaders.KEY)) {
            return value;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_VALUE - 1)) ? LONGEST_VALUE - 1 : LONGEST_VALUE;
        return text.substring(0, end);
    }
}
