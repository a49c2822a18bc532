package io.mailroutes.camel;

import io.mailroutes.message.Mail;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Waits until no thread of ours is in the route. Mails that were handed over may still be in flight. */
    void awaitIdle() throws InterruptedException {
        slots.acquire(concurrency);
        slots.release(concurrency);
    }

    /** Waits for a free slot and delivers; never throws for what the route does. */
    void deliver(Mail mail) throws InterruptedException {
        slots.acquire();
        inFlight.add(mail);
        executor.execute(() -> {
            try {
                process(mail);
            } finally {
                slots.release();
            }
        });
    }

    private void process(Mail mail) {
        Completion completion = new Completion(mail);
        try {
            Exchange exchange = consumer.createExchange(mail);
            exchange.getExchangeExtension().addOnCompletion(completion);
            consumer.getProcessor().process(exchange);
            // A route that is being stopped refuses an exchange without a unit of work, so nobody else tells.
            if (exchange.getException() != null) {
                completion.failed(exchange.getException());
            }
        } catch (Throwable e) { // whatever a route throws is this mail's failure and nobody else's
            completion.failed(e);
        }
    }

    /** Tells the outcome once, whoever asks first. */
    private final class Completion implements Synchronization {
        private final Mail mail;
        private final AtomicBoolean told = new AtomicBoolean();

        Completion(Mail mail) {
            this.mail = mail;
        }

        @Override
        public void onComplete(Exchange exchange) {
            if (told.compareAndSet(false, true)) {
                inFlight.finish(new Outcome.Delivered(mail));
            }
        }

        @Override
        public void onFailure(Exchange exchange) {
            failed(exchange.getException());
        }

        void failed(@Nullable Throwable cause) {
            if (told.compareAndSet(false, true)) {
                Throwable known = cause != null ? cause : new RouteRolledBack();
                inFlight.finish(new Outcome.Failed(mail, known));
            }
        }
    }
}
