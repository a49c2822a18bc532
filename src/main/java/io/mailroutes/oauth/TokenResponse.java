package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import java.util.Optional;

/**
 * What a token request gave.
 *
 * @param refreshToken the one to use next: the new one when the server rotates, else the one that was used; empty when
 *     the grant has none
 */
public record TokenResponse(AccessToken accessToken, Optional<Secret> refreshToken) {}
