package io.mailroutes.camel;

import io.mailroutes.message.Mail;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Synchronization;
import org.jspecify.annotations.Nullable;

/**
 * Sends a mail through the route. Its outcome is known when its exchange's unit of work completes, on whatever thread
 * that is: {@code seda:} and {@code threads()} hand it over.
 */
final class RouteDelivery implements Deliverer.Delivery {
    private final MailboxConsumer consumer;
    private final InFlight inFlight;
    private final Consumer<Throwable> fatal;

    /** @param fatal is told every failure, for those that the program does not survive */
    RouteDelivery(MailboxConsumer consumer, InFlight inFlight, Consumer<Throwable> fatal) {
        this.consumer = consumer;
        this.inFlight = inFlight;
        this.fatal = fatal;
    }

    @Override
    public void deliver(Mail mail) {
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
                inFlight.delivered(mail);
            }
        }

        void failed(@Nullable Throwable cause) {
            if (told.compareAndSet(false, true)) {
                Throwable known = cause != null ? cause : new RouteRolledBack();
                fatal.accept(known);
                inFlight.failed(mail, known);
            }
        }
    }
}
