package io.mailroutes.token;

import io.mailroutes.oauth.AccessToken;
import java.util.Optional;

/**
 * Hands out the access token of one account. Safe for many threads; they share one refresh.
 *
 * <p>When a server refuses a token, call {@link #reject} with that token and ask again, once. A second refusal with a
 * new token is a permanent failure: stop asking and call {@link #refused}.
 *
 * <p>For an account with {@code grant=password} the "token" is the password and never expires.
 */
public interface TokenSource {
    /**
     * A token that is valid for a while yet; asks the authorization server when needed.
     *
     * @throws TokenException transient when trying later may help, permanent when a person has to act
     */
    AccessToken token();

    /** The token at hand, whatever its age, without any network; empty before the first one. */
    Optional<AccessToken> cached();

    /** The mail server did not take this token: it is never handed out again. Has no effect on a newer one. */
    void reject(AccessToken token);

    /**
     * The mail server did not take a brand-new token either: the account needs a person. {@link #token} throws the
     * permanent error with this reason until the configuration or the stored tokens change.
     */
    void refused(String reason);
}
