package io.mailroutes.camel.queue;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Artemis's own client, set up so that nothing counts as sent before the broker has it on its disk. */
final class ArtemisClient {
    /** A body above this many bytes travels in pieces, and its message may be a stream. */
    static final int LARGE = 100 * 1024;

    private static final int RETRY_MILLIS = 100;
    private static final int ANSWER_MILLIS = 30_000;

    private ArtemisClient() {}

    /** @throws RuntimeException when it does not take the URL */
    static ConnectionFactory factory(String url) {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
        factory.setBlockOnDurableSend(true);
        factory.setMinLargeMessageSize(LARGE);
        // The consumer decides when to try again, and knows what has arrived; the client does not.
        factory.setReconnectAttempts(0);
        factory.setInitialConnectAttempts(1);
        factory.setRetryInterval(RETRY_MILLIS); // it is waited for even before giving up
        factory.setCallTimeout(ANSWER_MILLIS);
        // Threads that end with the factory, not with the JVM.
        factory.setUseGlobalPools(false);
        factory.setScheduledThreadPoolMaxSize(1);
        return factory;
    }

    static void close(ConnectionFactory factory) {
        ((ActiveMQConnectionFactory) factory).close();
    }
}
