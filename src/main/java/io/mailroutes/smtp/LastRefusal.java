package io.mailroutes.smtp;

import io.mailroutes.account.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server refused last, so that a hundred mails do not try it a hundred times. The token itself may be good for
 * reading, so the account as a whole is not given up when its sending is.
 */
final class LastRefusal {
    /** A server that counts failed logins must not see more of them than a person would make. */
    static final Duration PAUSE = Duration.ofMinutes(5);

    private final Clock clock;
    private @Nullable Refusal last;

    LastRefusal(Clock clock) {
        this.clock = clock;
    }

    private record Refusal(Secret credential, String words, Instant until) {}

    /** Why there is no use in trying this credential now. */
    synchronized Optional<String> of(Secret credential) {
        Refusal refusal = last;
        return refusal != null
                        && refusal.credential().equals(credential)
                        && clock.instant().isBefore(refusal.until())
                ? Optional.of(refusal.words())
                : Optional.empty();
    }

    /** Whether another credential was refused a short time ago, so that a newer one will hardly help. */
    synchronized boolean isRecent() {
        Refusal refusal = last;
        return refusal != null && clock.instant().isBefore(refusal.until());
    }

    synchronized void remember(Secret credential, String words) {
        last = new Refusal(credential, words, clock.instant().plus(PAUSE));
    }

    synchronized void forget() {
        last = null;
    }
}
