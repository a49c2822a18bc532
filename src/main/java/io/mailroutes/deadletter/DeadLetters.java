package io.mailroutes.deadletter;

import io.mailroutes.message.Mail;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The dead letters of one instance: {@code ACCOUNT/FOLDER~UIDVALIDITY-UID/} with {@code message.eml}, the exact bytes,
 * and {@code meta.json}. A letter appears whole or not at all, and is on the disk when {@link #keep} returns.
 */
public final class DeadLetters {
    public DeadLetters(Path directory, Clock clock) {
        throw new UnsupportedOperationException("skeleton" + directory + clock);
    }

    /** Keeps the mail; a second failure of the same mail rewrites {@code meta.json}. Returns the letter's directory. */
    public Path keep(Mail mail, Failure failure) {
        throw new UnsupportedOperationException("skeleton" + mail + failure);
    }

    /** How many letters an account has. */
    public long count(String account) {
        throw new UnsupportedOperationException("skeleton" + account);
    }
}
