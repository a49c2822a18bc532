package io.mailroutes.camel;

import io.mailroutes.ledger.Trace;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;

/** How a mail fared in its route. */
sealed interface Outcome {
    DeliveryKey key();

    /** Nobody needs its content any more. */
    default void discard() {
        // That of a delivered mail is gone already.
    }

    /** The route is through, and so the sink has the mail. Its content is gone. */
    record Delivered(DeliveryKey key, Trace trace) implements Outcome {}

    /** The route failed. The content is kept until this is judged, for the mail may go to the dead letters. */
    record Failed(Mail mail, Throwable cause) implements Outcome {
        @Override
        public DeliveryKey key() {
            return mail.key();
        }

        @Override
        public void discard() {
            mail.raw().discard();
        }
    }
}
