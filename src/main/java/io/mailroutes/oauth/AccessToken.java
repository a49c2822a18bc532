package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import java.time.Instant;
import java.util.Optional;

/**
 * An access token and its life by our own clock (RFC 6749 section 5.1).
 *
 * @param scope the scope granted, empty when the server did not say (then it is what was asked for)
 */
public record AccessToken(Secret value, Instant issuedAt, Instant expiresAt, Optional<String> scope) {}
