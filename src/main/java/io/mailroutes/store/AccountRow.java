package io.mailroutes.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What processes have found out about an account, for others to see.
 *
 * @param refusal why a person has to act; empty when nobody has to
 * @param consentLived how long the last consent lived that the provider ended by itself
 */
public record AccountRow(Optional<Refusal> refusal, Optional<Duration> consentLived) {
    /** Nothing is known. */
    public static final AccountRow UNKNOWN = new AccountRow(Optional.empty(), Optional.empty());

    /** @param since when this reason was seen first */
    public record Refusal(String reason, Instant since) {}
}
