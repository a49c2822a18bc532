package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.TokenResponse;
import java.util.Optional;

/** Where new tokens of one account come from. */
interface TokenOrigin {
    /** As the subject of a sentence. */
    String name();

    /** What takes time and needs no lease. */
    void prepare();

    /**
     * The refresh token that {@link #ask} would send, when sending it twice is not harmless.
     *
     * @throws NeedsLoginException when it needs one and there is none
     */
    Optional<Secret> spends(Optional<StoredTokens> stored);

    /** What sending it twice does. */
    Replay replay();

    /** @throws io.mailroutes.oauth.OAuthException when there is none */
    TokenResponse ask(Optional<StoredTokens> stored) throws InterruptedException;
}
