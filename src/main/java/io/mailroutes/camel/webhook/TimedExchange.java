package io.mailroutes.camel.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;

/**
 * Ends an exchange that takes too long as a whole, however lively each byte of it is, and reads of an answer what keeps
 * the connection usable and no more. Nobody gets to see the body of an answer.
 */
final class TimedExchange implements ExecChainHandler {
    /** A longer answer costs its connection. */
    private static final int MOST_READ = 64 * 1024;

    private final Duration limit;
    private final ScheduledExecutorService alarms;

    /** @param limit of the whole exchange: waiting for a connection, connecting, sending, and the answer to its end */
    TimedExchange(Duration limit, ScheduledExecutorService alarms) {
        this.limit = limit;
        this.alarms = alarms;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm = alarms.schedule(
                () -> {
                    late.set(true);
                    end(scope);
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return withoutBody(chain.proceed(request, scope));
        } catch (IOException | HttpException | IllegalStateException e) {
            if (late.get()) {
                // What broke because of us says nothing.
                throw new SocketTimeoutException("the exchange took more than " + limit.toMillis() + " ms");
            }
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    private static void end(ExecChain.Scope scope) {
        if (scope.originalRequest instanceof Cancellable exchange) {
            exchange.cancel();
        }
    }

    private static ClassicHttpResponse withoutBody(ClassicHttpResponse answer) throws IOException {
        HttpEntity body = answer.getEntity();
        if (body == null) {
            return answer;
        }
        boolean whole = false;
        try {
            InputStream in = body.getContent();
            whole = in.readNBytes(MOST_READ).length < MOST_READ;
            if (whole) {
                in.close();
            }
        } finally {
            if (!whole) {
                answer.close();
            }
        }
        answer.setEntity(null);
        return answer;
    }
}
