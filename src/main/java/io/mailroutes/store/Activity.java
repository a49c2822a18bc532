package io.mailroutes.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a folder that a route reads was last seen.
 *
 * @param proofOfLife when the server last answered; empty before the first time
 * @param lastMail when a mail was last delivered; empty when none was
 * @param backlog mails that are there and not delivered; empty when not known
 */
public record Activity(
        String folder, Optional<Instant> proofOfLife, Optional<Instant> lastMail, OptionalLong backlog) {}
