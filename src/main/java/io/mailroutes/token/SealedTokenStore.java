package io.mailroutes.token;

import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.SecretBox;
import io.mailroutes.store.TokenRows;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Tokens in the store, sealed: bound to the account and the key, so that no row can stand in for another. */
public final class SealedTokenStore implements TokenStore {
    private final TokenRows rows;
    private final SecretBox box;
    private final Clock clock;

    public SealedTokenStore(TokenRows rows, SecretBox box, Clock clock) {
        this.rows = rows;
        this.box = box;
        this.clock = clock;
    }

    @Override
    public Optional<StoredTokens> load(String account) {
        return rows.find(account).map(row -> open(account, row));
    }

    private StoredTokens open(String account, TokenRows.Row row) {
        if (!row.keyId().equals(box.keyId())) {
            throw otherKey(account);
        }
        byte[] plain = box.open(account, row.sealed())
                .orElseThrow(() -> refuse(
                        account,
                        "were changed by something else than Mailroutes. Put back a backup of the data directory, or remove"
                                + " the account's row and log in again"));
        try {
            return StoredTokensFormat.read(plain);
        } catch (IOException e) {
            throw refuse(account, "cannot be read: " + e.getMessage() + ". Run the version that wrote them");
        }
    }

    @Override
    public void save(String account, StoredTokens tokens) {
        byte[] sealed = box.seal(account, StoredTokensFormat.write(tokens));
        if (!rows.save(account, box.keyId(), sealed, clock.instant())) {
            throw otherKey(account);
        }
    }

    private PermanentStoreException otherKey(String account) {
        return refuse(
                account,
                "were sealed with another key than the present one (" + box.keyId()
                        + "), and are left as they are. Give"
                        + " back the key they were sealed with (mailroutes.store.key-file or MAILROUTES_STORE_KEY)");
    }

    private static PermanentStoreException refuse(String account, String what) {
        return new PermanentStoreException("the stored tokens of account " + account + " " + what, null);
    }
}
