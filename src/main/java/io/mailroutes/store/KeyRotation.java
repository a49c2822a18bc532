package io.mailroutes.store;

import io.mailroutes.store.TokenRows.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals every row with a new key and drops the old one, while other processes go on working and whatever ends this one.
 *
 * <p>At every instant each row that opened before opens with a key that is in the file. Three transactions, each of which
 * excludes every other process:
 *
 * <ol>
 *   <li>{@link #begin}: the file becomes [new, old], on the disk before anything is sealed with the new key. A file that
 *       has two keys already was left by a rotation that was cut short: no further key is made, that one is finished.
 *   <li>{@link #sealAgain}: every row is sealed with the first key of the file.
 *   <li>{@link #finish}: the file keeps its first key and those that a row still names. It is written only after the rows
 *       are on the disk, so the two cannot be one transaction.
 * </ol>
 *
 * <p>In the end the database is written anew, for it keeps earlier rows in its unused parts.
 *
 * <p>Nobody changes the file but within a transaction, so nobody sees it change within theirs. That makes the rule of
 * {@link SealedTokens#save} safe, which seals with the key at hand only what that key has sealed already, and else reads
 * the file first. A process with only the old key at hand that saves
 *
 * <ul>
 *   <li>before 2 uses the old key, and its row is sealed again in 2;
 *   <li>after 2 meets a row of a key that it does not know, or no row: it reads the file, and uses the new key;
 *   <li>a row that 2 could not open, and that names the old key: uses the old key, which 3 keeps for just that row.
 * </ul>
 *
 * <p>So no row of the old key can come into being between 2 and 3. Two rotations at once finish the same one.
 *
 * <p>A key from the environment cannot be replaced from here: both keys have to be given, and only step 2 is done.
 */
public final class KeyRotation {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final String HOW = """
            The key of the token store is in MAILROUTES_STORE_KEY, which only you can change. To rotate it:
              1. make a new key: openssl rand -base64 32
              2. set MAILROUTES_STORE_KEY to the new key and MAILROUTES_STORE_KEY_OLD to the present one, wherever\
             Mailroutes is started; stop "mailroutes run"
              3. mailroutes rotate-key
              4. start "mailroutes run", and remove MAILROUTES_STORE_KEY_OLD
            To move a key from a file into the environment, MAILROUTES_STORE_KEY_OLD is the content of that file.
            Nothing is changed.""";

    private final Store store;
    private final StoreKeys keys;

    public KeyRotation(Store store, StoreKeys keys) {
        this.store = store;
        this.keys = keys;
    }

    /**
     * What a rotation has done.
     *
     * @param key names the key that seals now
     * @param file the file that it is in; empty when it is in the environment
     * @param sealed how many accounts this one has sealed again
     * @param before how many the key had sealed already, in a rotation that was cut short
     * @param unreadable the accounts whose rows no known key opens, left as they are
     * @param resumed whether this has finished an earlier rotation, whose key it is
     * @param dropped names the keys that the file no longer holds
     * @param kept names the older keys that a row still needs
     */
    public record Result(
            String key,
            Optional<String> file,
            int sealed,
            int before,
            List<String> unreadable,
            boolean resumed,
            List<String> dropped,
            List<String> kept) {
        public Result {
            unreadable = List.copyOf(unreadable);
            dropped = List.copyOf(dropped);
            kept = List.copyOf(kept);
        }
    }

    record Rows(String key, int sealed, int before, List<String> unreadable) {}

    record Keys(List<String> dropped, List<String> kept) {}

    /**
     * @throws PermanentStoreException when nothing can be sealed, the file cannot be replaced, or the environment holds
     *     one key only
     */
    public Result run() {
        Optional<KeyFile> file = keys.file();
        if (file.isEmpty() && keys.ring().ids().size() < 2) {
            throw new PermanentStoreException(HOW, null);
        }
        boolean resumed = file.isPresent() && begin(file.get());
        Rows rows = sealAgain();
        Keys of = file.isPresent() ? finish(file.get()) : new Keys(List.of(), List.of());
        forgetOldRows();
        return new Result(
                rows.key(),
                file.map(KeyFile::toString),
                rows.sealed(),
                rows.before(),
                rows.unreadable(),
                resumed,
                of.dropped(),
                of.kept());
    }

    /** Earlier versions of rows are left in unused parts of the file, and the old key may be in wrong hands. */
    private void forgetOldRows() {
        try {
            store.rewrite();
        } catch (StoreException e) {
            LOG.warn(
                    "What the old key has sealed may still be in unused parts of {}: {}", store.file(), e.getMessage());
        }
    }

    /** Puts a new key before the old one; returns whether one was there already. */
    boolean begin(KeyFile file) {
        return store.inTransaction(connection -> {
            try {
                file.requireOneName();
                requireOpening(new TokenRows(connection).all());
                List<StoreKey> present = file.read();
                if (present.size() > 1) {
                    file.sync();
                    return true;
                }
                file.replace(List.of(StoreKey.random(), present.get(0)));
                return false;
            } catch (IOException e) {
                throw notReplaced(file, e);
            }
        });
    }

    /** Against the wrong data directory or the wrong key file: their key would be dropped, and somebody may need it. */
    private void requireOpening(Map<String, Row> rows) {
        KeyRing ring = keys.readAgain();
        if (rows.isEmpty()) {
            throw new PermanentStoreException(
                    "no tokens are stored in " + store.file()
                            + ", so there is nothing to seal with a new key. Is it the"
                            + " right data directory (--data, --config)? Nothing is changed",
                    null);
        }
        boolean opens = rows.entrySet().stream()
                .anyMatch(row -> ring.open(row.getKey(), row.getValue()).isPresent());
        if (!opens) {
            throw new PermanentStoreException(
                    "none of the stored tokens in " + store.file() + " open with the present key ("
                            + String.join(", ", ring.ids())
                            + "). Give back the key they were sealed with (mailroutes.store.key-file, MAILROUTES_STORE_KEY"
                            + " or, to open only, MAILROUTES_STORE_KEY_OLD). Nothing is changed",
                    null);
        }
    }

    /** Seals with the first key what another key has sealed. */
    Rows sealAgain() {
        return store.inTransaction(connection -> {
            KeyRing ring = keys.readAgain();
            TokenRows rows = new TokenRows(connection);
            Map<String, Row> all = rows.all();
            List<String> unreadable = new ArrayList<>();
            int sealed = 0;
            for (Map.Entry<String, Row> entry : all.entrySet()) {
                Optional<byte[]> plain = ring.open(entry.getKey(), entry.getValue());
                if (plain.isEmpty()) {
                    unreadable.add(entry.getKey());
                } else if (!entry.getValue().keyId().equals(ring.sealing().id())) {
                    rows.sealAgain(
                            entry.getKey(), new Row(ring.sealing().id(), ring.seal(entry.getKey(), plain.get())));
                    sealed++;
                }
            }
            return new Rows(ring.sealing().id(), sealed, all.size() - sealed - unreadable.size(), unreadable);
        });
    }

    /** Drops the keys that no row names. */
    Keys finish(KeyFile file) {
        return store.inTransaction(connection -> {
            Set<String> named = new HashSet<>();
            new TokenRows(connection).all().values().forEach(row -> named.add(row.keyId()));
            List<StoreKey> present = file.read();
            List<StoreKey> older = present.subList(1, present.size());
            List<StoreKey> kept =
                    older.stream().filter(key -> named.contains(key.id())).toList();
            if (kept.size() < older.size()) {
                replace(
                        file,
                        Stream.concat(Stream.of(present.get(0)), kept.stream()).toList());
            }
            return new Keys(
                    older.stream()
                            .map(StoreKey::id)
                            .filter(id -> !named.contains(id))
                            .toList(),
                    kept.stream().map(StoreKey::id).toList());
        });
    }

    private void replace(KeyFile file, List<StoreKey> kept) {
        try {
            file.replace(kept);
            keys.readAgain();
        } catch (IOException e) {
            throw new PermanentStoreException(
                    "the stored tokens are sealed with the new key ("
                            + kept.get(0).id()
                            + "), but the old one could not be removed from the key file " + file + ": " + e
                            + ". Remove every line but the first, or run rotate-key again when the file can be replaced",
                    e);
        }
    }

    private static PermanentStoreException notReplaced(KeyFile file, IOException e) {
        return new PermanentStoreException(
                "the key file " + file + " cannot be replaced: " + e + ". The stored tokens are sealed as before. A"
                        + " secret that a container mounts cannot be replaced from inside: put two lines into it, a new"
                        + " key (openssl rand -base64 32) and below it the present one, and run rotate-key again",
                e);
    }
}
