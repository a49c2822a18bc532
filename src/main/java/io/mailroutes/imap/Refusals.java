package io.mailroutes.imap;

import io.mailroutes.account.Secret;
import org.jspecify.annotations.Nullable;

/** Remembers the token that a session's server refused, to tell a stale token from an account that is refused. */
final class Refusals {
    private @Nullable Secret first;

    /** Whether another token was refused before this one. */
    synchronized boolean isSecond(Secret refused) {
        boolean second = first != null && !first.equals(refused);
        first = refused;
        return second;
    }

    synchronized void forget() {
        first = null;
    }
}
