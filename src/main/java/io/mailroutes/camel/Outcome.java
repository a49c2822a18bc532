package io.mailroutes.camel;

import io.mailroutes.message.Mail;

/** How a mail fared in its route. */
sealed interface Outcome {
    Mail mail();

    /** The route is through, and so the sink has the mail. */
    record Delivered(Mail mail) implements Outcome {}

    /** The route failed. */
    record Failed(Mail mail, Throwable cause) implements Outcome {}
}
