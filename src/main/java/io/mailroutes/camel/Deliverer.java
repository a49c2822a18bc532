package io.mailroutes.camel;

import io.mailroutes.message.Mail;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.jspecify.annotations.Nullable;

/**
 * Sends mails through the route. The outcome of a mail is known when its exchange's unit of work completes, on whatever
 * thread that is: {@code seda:} and {@code threads()} hand it over.
 */
final class Deliverer {
    private final MailboxConsumer consumer;
    private final InFlight inFlight;
    private final Executor executor;
    private final Semaphore slots;
    private final int concurrency;

    /** @param executor runs the route; the caller's thread for a concurrency of one */
    Deliverer(MailboxConsumer consumer, InFlight inFlight, Executor executor, int concurrency) {
        this.consumer = consumer;
        this.inFlight = inFlight;
        this.executor = executor;
        this.concurrency = concurrency;
        this.slots = new Semaphore(concurrency);
    }

    /**
     * Waits until no thread of ours is in the route; mails that were handed over may still be in flight.
     *
     * @return whether that was so in time
     */
    boolean awaitIdle(Duration atMost) throws InterruptedException {
        boolean idle = slots.tryAcquire(concurrency, atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (idle) {
            slots.release(concurrency);
        }
        return idle;
    }

    /** Waits for a free slot and delivers; never throws for what the route does. */
    void deliver(Mail mail) throws InterruptedException {
        slots.acquire();
        inFlight.add(mail);
        try {
            executor.execute(() -> deliverAndFree(mail));
        } catch (RejectedExecutionException e) { // the threads have ended, because the route is being stopped
            slots.release();
            inFlight.finish(new Outcome.Failed(mail, e));
        }
    }

    private void deliverAndFree(Mail mail) {
        try {
            process(mail);
        } finally {
            // An interrupt that a step of the route left behind must not end the loop, whose thread this may be.
            boolean ignored = Thread.interrupted();
            slots.release();
        }
    }

    private void process(Mail mail) {
        Completion completion = new Completion(mail);
        try {
            Exchange exchange = consumer.createExchange(mail);
            exchange.getExchangeExtension().addOnCompletion(completion);
            consumer.getProcessor().process(exchange);
            completion.left(exchange.getException());
            consumer.releaseExchange(exchange, false);
        } catch (Throwable e) { // whatever a route throws is this mail's failure and nobody else's
            completion.failed(e);
        }
    }

    /**
     * Tells the outcome once. The first failure counts; delivered is a mail when its unit of work is complete and the
     * route is through here too, for a step after {@code seda:} may fail when what was handed over is done already.
     */
    private final class Completion implements Synchronization {
        private final Mail mail;
        private final AtomicBoolean told = new AtomicBoolean();
        private final AtomicInteger awaited = new AtomicInteger(2);

        Completion(Mail mail) {
            this.mail = mail;
        }

        @Override
        public void onComplete(Exchange exchange) {
            if (exchange.isRollbackOnly() || exchange.isRollbackOnlyLast()) {
                failed(new RouteRolledBack()); // Camel calls that a success when there is no exception
            } else {
                well();
            }
        }

        @Override
        public void onFailure(Exchange exchange) {
            failed(exchange.getException());
        }

        /** A route that is being stopped refuses an exchange without a unit of work, so nobody else tells. */
        void left(@Nullable Throwable failure) {
            if (failure != null) {
                failed(failure);
            } else {
                well();
            }
        }

        private void well() {
            if (awaited.decrementAndGet() == 0 && told.compareAndSet(false, true)) {
                inFlight.finish(new Outcome.Delivered(mail));
            }
        }

        void failed(@Nullable Throwable cause) {
            if (told.compareAndSet(false, true)) {
                Throwable known = cause != null ? cause : new RouteRolledBack();
                inFlight.finish(new Outcome.Failed(mail, known));
            }
        }
    }
}
