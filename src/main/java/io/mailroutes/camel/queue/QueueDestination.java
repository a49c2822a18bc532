package io.mailroutes.camel.queue;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

/**
 * Where in the broker the mails go. Fixed by the route: no header, expression or part of a mail has a say in it.
 *
 * @param topic whether every subscriber gets the mail, and nobody when there is none
 */
record QueueDestination(String name, boolean topic) {
    private static final String QUEUE = "queue:";
    private static final String TOPIC = "topic:";

    /** @throws IllegalArgumentException in words, when that is no name of a queue or topic */
    static QueueDestination of(String text) {
        boolean topic = text.startsWith(TOPIC);
        String name = topic || text.startsWith(QUEUE) ? text.substring(TOPIC.length()) : text;
        if (name.isBlank()) {
            throw new IllegalArgumentException("mail-queue-sink: destination is not set: name a queue");
        }
        if (name.contains("${") || name.contains("?") || name.chars().anyMatch(c -> c <= ' ' || c == 0x7f)) {
            throw new IllegalArgumentException("mail-queue-sink: destination=" + name.replaceAll("\\p{Cntrl}", "?")
                    + " is no name of a queue: it is fixed and has neither expressions nor options nor blanks");
        }
        return new QueueDestination(name, topic);
    }

    Destination in(Session session) throws JMSException {
        return topic ? session.createTopic(name) : session.createQueue(name);
    }

    @Override
    public String toString() {
        return (topic ? "the topic " : "the queue ") + name;
    }
}
