package io.mailroutes.camel.queue;

import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ResourceAllocationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a failure of a JMS client means: the broker is away, it said nothing, or it does not take this mail. */
final class JmsFailures {
    /** What only the message can be the cause of: Artemis's error codes and words, conditions of AMQP 1.0. */
    private static final List<String> REFUSALS = List.of(
            "INTERCEPTOR_REJECTED_PACKET",
            "AMQ149005", // larger than a record of the journal
            "amqp:link:message-size-exceeded",
            "amqp:decode-error");

    private static final List<String> NO_ROOM = List.of("ADDRESS_FULL", "amqp:resource-limit-exceeded");
    private static final List<String> NO_QUEUE =
            List.of("QUEUE_DOES_NOT_EXIST", "ADDRESS_DOES_NOT_EXIST", "There is no queue with name", "amqp:not-found");
    private static final int DEEPEST = 20;
    private static final int LONGEST = 300;

    private final String where;

    /** @param where the broker, for messages */
    JmsFailures(String where) {
        this.where = where;
    }

    /** Nothing was sent yet. */
    QueueAwayException connecting(Throwable failure) {
        Optional<QueueAwayException> known = known(failure, "", failure);
        return known.orElseGet(() ->
                new QueueAwayException("mail-queue-sink: " + where + " cannot be reached: " + words(failure), failure));
    }

    /** There was a session, and it is not known what the broker has. */
    QueueSinkException sending(Throwable failure, QueueDestination destination) {
        String text = text(failure);
        if (REFUSALS.stream().anyMatch(text::contains) || failure instanceof MessageFormatException) {
            QueueRefusedException refused = new QueueRefusedException("mail-queue-sink: " + where
                    + " does not take this mail into " + destination + ": " + words(failure));
            refused.addSuppressed(failure);
            return refused;
        }
        Optional<QueueAwayException> known = known(failure, " for " + destination, failure);
        if (known.isPresent()) {
            return known.get();
        }
        return new QueueUnansweredException(
                "mail-queue-sink: " + where + " did not acknowledge the mail for " + destination + ": "
                        + words(failure),
                failure);
    }

    /** The time was up. */
    QueueSinkException late(boolean connected, Duration limit, @Nullable Throwable failure) {
        String text = "mail-queue-sink: " + where + (connected ? " did not acknowledge the mail" : " did not answer")
                + " within " + limit.toMillis() + " ms: it hangs, or has no room and lets us wait";
        return connected ? new QueueUnansweredException(text, failure) : new QueueAwayException(text, failure);
    }

    private Optional<QueueAwayException> known(Throwable failure, String what, Throwable cause) {
        String text = text(failure);
        if (failure instanceof JMSSecurityException) {
            return away(
                    " refuses us" + what + ": look at mailroutes.queue.user and mailroutes.queue.password, and at"
                            + " what that user may do (" + words(failure) + ")",
                    cause);
        }
        if (failure instanceof ResourceAllocationException || NO_ROOM.stream().anyMatch(text::contains)) {
            return away(" has no room" + what + ": its queues have to be read (" + words(failure) + ")", cause);
        }
        if (failure instanceof InvalidDestinationException || NO_QUEUE.stream().anyMatch(text::contains)) {
            return away(" has no queue" + what + ": make it there, or correct the destination", cause);
        }
        return Optional.empty();
    }

    private Optional<QueueAwayException> away(String text, Throwable cause) {
        return Optional.of(new QueueAwayException("mail-queue-sink: " + where + text, cause));
    }

    static boolean isInterrupted(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof InterruptedException) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    /** Error code and messages of all causes, to look for words in. */
    private static String text(Throwable failure) {
        StringBuilder text = new StringBuilder();
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            text.append(at).append('\n'); // Artemis tells the kind of error only so
            if (at instanceof JMSException jms) {
                text.append(jms.getErrorCode()).append('\n');
            }
            at = at.getCause();
        }
        return text.toString();
    }

    /** What the client says and, below it, why. */
    private static String words(Throwable failure) {
        String text = message(failure);
        Throwable cause = failure.getCause();
        if (cause != null && cause.getMessage() != null && !message(cause).contains(text)) {
            text += ": " + message(cause);
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getMessage().replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
