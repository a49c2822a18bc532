package io.mailroutes.store;

import io.mailroutes.store.TokenRows.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * The tokens of accounts, sealed: bound to the account and the key, so that no row can stand in for another. What cannot
 * be read is never overwritten.
 *
 * <p>Its part in a rotation of the key (see {@link KeyRotation}): the key at hand may seal a row that it has sealed
 * already, for it cannot have been dropped while such a row is there. For any other row, and for a new one, the keys are
 * read again first, in the same transaction. So no save is lost, and none is sealed with a key that is going.
 */
public final class SealedTokens {
    private final Store store;
    private final StoreKeys keys;

    public SealedTokens(Store store, StoreKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /**
     * What is stored of an account; empty when there is nothing.
     *
     * @throws PermanentStoreException when no known key opens it, or it was changed
     */
    public Optional<byte[]> load(String account) {
        return store.inTransaction(connection -> {
            Optional<Row> row = new TokenRows(connection).find(account);
            return row.isEmpty() ? Optional.empty() : Optional.of(open(account, row.get()));
        });
    }

    private byte[] open(String account, Row row) {
        KeyRing ring = keys.ring().has(row.keyId()) ? keys.ring() : keys.readAgain();
        if (!ring.has(row.keyId())) {
            throw otherKey(account, row, ring);
        }
        return ring.open(account, row)
                .orElseThrow(() -> refuse(
                        account,
                        "were changed by something else than Mailroutes. Put back a backup of the data directory, or"
                                + " run: mailroutes logout " + account + ", and log in again"));
    }

    /**
     * Inserts or replaces what is stored of an account. When this returns, the disk has it.
     *
     * @throws PermanentStoreException when there is something that no known key opens; it stays
     */
    public void save(String account, byte[] plain, Instant now) {
        store.inTransaction(connection -> {
            TokenRows rows = new TokenRows(connection);
            KeyRing ring = present(account, rows.find(account));
            rows.put(account, new Row(ring.sealing().id(), ring.seal(account, plain)), now);
            return account;
        });
    }

    private KeyRing present(String account, Optional<Row> row) {
        KeyRing known = keys.ring();
        if (row.isPresent() && row.get().keyId().equals(known.sealing().id())) {
            return known;
        }
        KeyRing ring = keys.readAgain();
        if (row.isPresent() && !ring.has(row.get().keyId())) {
            throw otherKey(account, row.get(), ring);
        }
        return ring;
    }

    /** Removes what is stored of an account, whatever it is. */
    public void delete(String account) {
        store.inTransaction(connection -> {
            new TokenRows(connection).delete(account);
            return account;
        });
    }

    private static PermanentStoreException otherKey(String account, Row row, KeyRing ring) {
        return refuse(
                account,
                "were sealed with another key (" + row.keyId() + ") than the present one ("
                        + String.join(", ", ring.ids())
                        + "), and are left as they are. Give back the key they were sealed with"
                        + " (mailroutes.store.key-file, MAILROUTES_STORE_KEY or, to open only,"
                        + " MAILROUTES_STORE_KEY_OLD), or run: mailroutes logout " + account + ", and log in again");
    }

    private static PermanentStoreException refuse(String account, String what) {
        return new PermanentStoreException("the stored tokens of account " + account + " " + what, null);
    }
}
