package io.mailroutes.camel.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;

/** Makes connections to one broker. */
interface JmsClient {
    /** Called when the first route starts that uses it. */
    void start() throws Exception;

    /**
     * Opens a connection; nothing is retried.
     *
     * @throws QueueAwayException when it is known why there can be none
     */
    Connection connect() throws JMSException, QueueAwayException;

    /** Whether a message of any size passes through little memory. */
    boolean streams();

    /** The broker, for messages: without a password. */
    String where();

    /** Called before a mail is sent. */
    void requireRoom(long bytes) throws QueueAwayException;

    /** When no connection is left. */
    void close();
}
