package io.mailroutes.token;

import io.mailroutes.oauth.AccessToken;
import io.mailroutes.store.AccountRow;
import io.mailroutes.store.Activity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of an account without asking any server.
 *
 * @param neverLoggedIn whether its grant rests on a login and there is none
 * @param refusal why a person has to act, as the last process that met it has written it down
 * @param accessToken the stored one, if it was got with the present configuration
 * @param history of the refresh token
 * @param expiries what will end, the soonest first
 * @param folders what the consumers of its folders have seen
 */
public record KnownAccount(
        boolean neverLoggedIn,
        Optional<AccountRow.Refusal> refusal,
        Optional<AccessToken> accessToken,
        TokenHistory history,
        List<Expiry> expiries,
        List<Activity> folders) {
    public KnownAccount {
        expiries = List.copyOf(expiries);
        folders = List.copyOf(folders);
    }

    /** Whether a person has to act before anything else. */
    public boolean needsLogin() {
        return neverLoggedIn || refusal.isPresent();
    }

    /** When the stored access token ends. */
    public Optional<Instant> accessTokenEnds() {
        return accessToken.map(AccessToken::expiresAt);
    }

    /** When the stored access token was got. */
    public Optional<Instant> refreshedAt() {
        return accessToken.map(AccessToken::issuedAt);
    }
}
