package io.mailroutes.camel.queue;

import static java.util.Objects.requireNonNull;

import io.mailroutes.camel.MailBodies;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each mail as a persistent message to a queue, and returns when the broker has it on its disk. What {@code
 * kamelet:mail-queue-sink} does. The broker is the embedded one, or that of {@code mailroutes.queue.url}.
 *
 * <p>The message carries the delivery key as duplicate-detection id, so a broker that knows such ids (ActiveMQ Artemis)
 * drops a second delivery of the mail.
 *
 * <p>It speaks JMS itself and not by way of {@code jms:}. That one takes the destination, the type of the message,
 * priority and delivery mode from headers and would have to be kept from it, its conversions hold a whole mail in
 * memory or make text of it, and it cannot give Artemis a stream, by which a mail of any size passes.
 */
public final class QueueSink extends ServiceSupport implements Processor, CamelContextAware {
    private static final Logger LOG = LoggerFactory.getLogger(QueueSink.class);
    private static final String KAMELET = "mail-queue-sink";
    private static final int LEAST_TIMEOUT = 1_000;
    private static final int MOST_TIMEOUT = 600_000;

    private @Nullable CamelContext context;
    private String destination = "";
    private QueueFormat format = QueueFormat.JSON;
    private Duration timeout = Duration.ofSeconds(30);
    private @Nullable QueueOrder order;
    private @Nullable JmsLink link;

    /** The name of a queue, or {@code queue:NAME}; {@code topic:NAME} for a topic. */
    public void setDestination(String destination) {
        this.destination = destination.strip();
    }

    /** {@code json} (the default) or {@code raw}. */
    public void setFormat(String format) {
        this.format = QueueFormat.of(format);
    }

    /**
     * Milliseconds that the broker may take without any progress, before the mail counts as not sent; 30000 unless set.
     */
    public void setTimeout(int timeout) {
        if (timeout < LEAST_TIMEOUT || timeout > MOST_TIMEOUT) {
            throw new IllegalArgumentException(KAMELET + ": timeout=" + timeout + " is not between " + LEAST_TIMEOUT
                    + " and " + MOST_TIMEOUT + " milliseconds");
        }
        this.timeout = Duration.ofMillis(timeout);
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    @Override
    protected void doStart() {
        CamelContext camel = requireNonNull(context, "context");
        if (camel.getClassResolver().resolveClass("jakarta.jms.Session") == null) {
            throw new IllegalStateException(KAMELET + ": jakarta.jms is not on the class path; it comes with"
                    + " artemis-jakarta-client, and with other clients");
        }
        QueueDestination where = QueueDestination.of(destination);
        if (where.topic()) {
            LOG.warn("{} sends to {}: who has not subscribed to it durably never gets the mails", KAMELET, where);
        }
        order = new QueueOrder(where, format, timeout);
        link = JmsLink.of(camel);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        requireNonNull(link, "not started")
                .send(MailBodies.of(exchange, KAMELET), requireNonNull(order, "not started"));
    }
}
