package io.mailroutes.token;

import io.mailroutes.oauth.TokenResponse;
import java.util.Optional;

/** Where new tokens of one account come from. */
interface TokenOrigin {
    /** As the subject of a sentence. */
    String name();

    /** What takes time and needs no lease. */
    void prepare();

    /** @throws io.mailroutes.oauth.OAuthException when there is none */
    TokenResponse ask(Optional<StoredTokens> stored) throws InterruptedException;
}
