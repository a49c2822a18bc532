package io.mailroutes.token;

import io.mailroutes.account.Account;
import io.mailroutes.account.AssertionSource;
import io.mailroutes.account.KeyFileException;
import io.mailroutes.account.OAuthBehaviour;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Provider;
import io.mailroutes.account.ProviderTable;
import io.mailroutes.account.SigningIdentity;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.store.AccountRow;
import java.time.Instant;
import java.util.Optional;

/**
 * What configuration, provider table, store and files say of one account.
 *
 * @param accessToken the stored one, if it was got with the present configuration
 * @param tokens what is stored, if the refresh token comes from the present configuration
 * @param hasRefreshToken whether there is one, stored or configured
 * @param certificateEnds the end of the client's certificate
 */
record AccountFacts(
        Account account,
        Optional<OAuthBehaviour> behaviour,
        Optional<AccessToken> accessToken,
        Optional<StoredTokens> tokens,
        boolean hasRefreshToken,
        AccountRow row,
        Optional<Instant> certificateEnds) {
    /** @throws io.mailroutes.store.StoreException when the store cannot be read */
    static AccountFacts gather(Account account, TokenStorage storage, ProviderTable providers) {
        Optional<GrantPlan> plan = GrantPlan.of(account);
        Optional<StoredTokens> stored = plan.flatMap(any -> storage.tokens().load(account.name()));
        return new AccountFacts(
                account,
                providers.row(account.provider()).map(Provider::oauth),
                plan.flatMap(any -> stored.filter(any::fits)).flatMap(StoredTokens::accessToken),
                plan.flatMap(any -> stored.filter(any::descends)),
                plan.flatMap(any -> any.refreshToken(stored)).isPresent(),
                storage.standings().of(account.name()),
                account.oauth().flatMap(OAuthClient::assertion).flatMap(AccountFacts::end));
    }

    private static Optional<Instant> end(AssertionSource source) {
        try {
            return source instanceof AssertionSource.KeyFile key
                    ? SigningIdentity.load(key)
                            .certificate()
                            .map(certificate -> certificate.getNotAfter().toInstant())
                    : Optional.empty();
        } catch (KeyFileException e) {
            // The next token request says what is wrong with the file.
            return Optional.empty();
        }
    }

    TokenHistory history() {
        return tokens.map(StoredTokens::history).orElse(TokenHistory.NONE);
    }
}
