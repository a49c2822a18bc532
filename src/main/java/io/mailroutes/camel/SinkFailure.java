package io.mailroutes.camel;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Tells a failure that says nothing about the mail (the sink cannot be reached, is busy, or has no room) from one that
 * may be the mail's own. Classes are compared by name, because most sinks are optional.
 */
public final class SinkFailure {
    /** What a failure says. */
    public enum Kind {
        /** The route failed with this mail. */
        MAIL,
        /** The sink failed, and it may be that this mail made it: HTTP 500, no answer, a connection that breaks. */
        SINK_OR_MAIL,
        /** The sink is away, busy or full: no mail can be the cause of that. */
        SINK
    }

    /** What a mail can bring about in a sink that is there. */
    private static final Set<String> EITHER = Set.of(
            "java.io.InterruptedIOException",
            "java.net.SocketException",
            "java.net.SocketTimeoutException",
            "java.net.http.HttpTimeoutException",
            "java.util.concurrent.TimeoutException",
            "org.apache.camel.ExchangeTimedOutException",
            "org.apache.hc.core5.http.ConnectionClosedException",
            "org.apache.hc.core5.http.NoHttpResponseException",
            "io.mailroutes.camel.queue.QueueUnansweredException");

    private static final Set<String> SINK = Set.of(
            "java.lang.InterruptedException",
            "java.net.ConnectException",
            "java.net.NoRouteToHostException",
            "java.net.PortUnreachableException",
            "java.net.UnknownHostException",
            "java.net.http.HttpConnectTimeoutException",
            "java.nio.channels.ClosedByInterruptException",
            "java.sql.SQLNonTransientConnectionException",
            "java.sql.SQLRecoverableException",
            "java.sql.SQLTransientException",
            "java.util.concurrent.RejectedExecutionException",
            "javax.net.ssl.SSLException",
            "org.apache.camel.component.direct.DirectConsumerNotAvailableException",
            "org.apache.camel.component.seda.SedaConsumerNotAvailableException",
            "org.apache.hc.client5.http.ConnectTimeoutException",
            "org.apache.kafka.common.errors.RetriableException",
            "io.github.resilience4j.circuitbreaker.CallNotPermittedException",
            "io.mailroutes.camel.queue.QueueAwayException",
            "io.mailroutes.smtp.SmtpException",
            "io.mailroutes.store.TransientStoreException",
            "io.mailroutes.token.TokenException",
            "jakarta.jms.IllegalStateException",
            "jakarta.jms.JMSSecurityException",
            "jakarta.jms.ResourceAllocationException");
    private static final Set<String> NO_ROOM =
            Set.of("no space left on device", "disk quota exceeded", "read-only file system", "too many open files");
    private static final String SMTP = "jakarta.mail.SendFailedException";
    private static final String HTTP = "org.apache.camel.http.base.HttpOperationFailedException";
    private static final int DEEPEST = 20;

    private SinkFailure() {}

    /** Whether the sink is down, as far as this failure tells, rather than the mail bad. */
    static boolean isSinkDown(Throwable failure) {
        return kind(failure) != Kind.MAIL;
    }

    /** What the outermost cause says that says anything. */
    public static Kind kind(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof SinkException judged) {
                return judged.kind();
            }
            Kind kind = ofOne(at);
            if (kind != Kind.MAIL) {
                return kind;
            }
            at = at.getCause();
        }
        return Kind.MAIL;
    }

    /** How long the sink asked to be left alone; zero when it did not say. */
    static Duration retryAfter(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof SinkException judged) {
                return judged.retryAfter();
            }
            at = at.getCause();
        }
        return Duration.ZERO;
    }

    private static Kind ofOne(Throwable failure) {
        if (isOutOfRoom(failure) || isBrokenJmsConnection(failure)) {
            return Kind.SINK;
        }
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(HTTP)) {
                return HttpFailure.kind(failure);
            }
            if (type.getName().equals(SMTP)) {
                return SmtpFailure.kind(failure);
            }
            if (SINK.contains(type.getName())) {
                return Kind.SINK;
            }
            if (EITHER.contains(type.getName())) {
                return Kind.SINK_OR_MAIL;
            }
        }
        return Kind.MAIL;
    }

    private static boolean isOutOfRoom(Throwable failure) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        // "queue full" is of seda: (java.util.AbstractQueue.add), whose consumers are slower than we are.
        return failure instanceof AccessDeniedException
                || failure instanceof IOException && NO_ROOM.stream().anyMatch(text::contains)
                || failure instanceof IllegalStateException && text.equals("queue full");
    }

    /** Plain JMSException is what clients throw when the broker is away; its subclasses have names of their own. */
    private static boolean isBrokenJmsConnection(Throwable failure) {
        return failure.getClass().getName().equals("jakarta.jms.JMSException");
    }
}
