package io.mailroutes.camel;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells a failure that says nothing about the mail (the sink cannot be reached, is busy, or has no room) from one that
 * may be the mail's own. Classes are compared by name, because most sinks are optional.
 */
final class SinkFailure {
    /** The route was being stopped or had no room: any other mail would have failed there as well. */
    private static final Set<String> OF_THE_ROUTE = Set.of(
            "java.lang.InterruptedException",
            "java.nio.channels.ClosedByInterruptException",
            "java.util.concurrent.RejectedExecutionException",
            "org.apache.camel.component.direct.DirectConsumerNotAvailableException",
            "org.apache.camel.component.seda.SedaConsumerNotAvailableException");

    private static final Set<String> CLASSES = Set.of(
            "java.io.InterruptedIOException",
            "java.net.ConnectException",
            "java.net.NoRouteToHostException",
            "java.net.PortUnreachableException",
            "java.net.SocketException",
            "java.net.SocketTimeoutException",
            "java.net.UnknownHostException",
            "java.net.http.HttpTimeoutException",
            "java.sql.SQLNonTransientConnectionException",
            "java.sql.SQLRecoverableException",
            "java.sql.SQLTransientException",
            "java.util.concurrent.TimeoutException",
            "javax.net.ssl.SSLException",
            "org.apache.camel.ExchangeTimedOutException",
            "org.apache.hc.core5.http.ConnectionClosedException",
            "org.apache.hc.core5.http.NoHttpResponseException",
            "org.apache.kafka.common.errors.RetriableException",
            "io.github.resilience4j.circuitbreaker.CallNotPermittedException",
            "io.mailroutes.store.TransientStoreException",
            "io.mailroutes.token.TokenException",
            "jakarta.jms.IllegalStateException",
            "jakarta.jms.JMSSecurityException",
            "jakarta.jms.ResourceAllocationException");
    private static final Set<String> NO_ROOM =
            Set.of("no space left on device", "disk quota exceeded", "read-only file system", "too many open files");
    private static final String HTTP = "org.apache.camel.http.base.HttpOperationFailedException";
    private static final int DEEPEST = 20;

    private SinkFailure() {}

    /** Whether the sink is down rather than the mail bad. */
    static boolean isSinkDown(Throwable failure) {
        return anyCause(failure, at -> speaksOfTheRoute(at) || speaksOfTheSink(at));
    }

    /** Whether no mail whatever can be the cause, however often it fails so. */
    static boolean isNeverTheMail(Throwable failure) {
        return anyCause(failure, SinkFailure::speaksOfTheRoute);
    }

    private static boolean anyCause(Throwable failure, Predicate<Throwable> says) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (says.test(at)) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }

    private static boolean speaksOfTheRoute(Throwable failure) {
        // What seda: throws (java.util.AbstractQueue.add) when its consumers are slower than we are.
        boolean queueFull = failure instanceof IllegalStateException && "Queue full".equals(failure.getMessage());
        return queueFull || isAny(failure, OF_THE_ROUTE);
    }

    private static boolean isAny(Throwable failure, Set<String> classes) {
        for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
            if (classes.contains(type.getName())) {
                return true;
            }
        }
        return false;
    }

    private static boolean speaksOfTheSink(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return true;
        }
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof IOException && NO_ROOM.stream().anyMatch(text::contains)) {
            return true;
        }
        if (isAny(failure, Set.of(HTTP))) {
            return HttpFailure.isSinkDown(failure);
        }
        return isAny(failure, CLASSES) || isBrokenJmsConnection(failure);
    }

    /** Plain JMSException is what clients throw when the broker is away; its subclasses have names of their own. */
    private static boolean isBrokenJmsConnection(Throwable failure) {
        return failure.getClass().getName().equals("jakarta.jms.JMSException");
    }
}
