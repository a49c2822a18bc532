package io.mailroutes.ledger;

import java.time.Instant;

/** How often a mail has failed so far, and when it may be tried again. */
public record Attempt(long uid, int attempts, Instant nextAttempt) {}
