package io.mailroutes.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the keys of a store come from, and those that were last read there. A rotation may replace the ones in a file at
 * any time, see {@link KeyRotation}: who meets a row of a key that is not known reads again. Safe for many threads.
 */
public final class StoreKeys {
    private final Optional<KeyFile> file;
    private final List<StoreKey> given;
    private volatile KeyRing ring;

    private StoreKeys(Optional<KeyFile> file, List<StoreKey> given, List<StoreKey> now) {
        this.file = file;
        this.given = given;
        this.ring = KeyRing.of(now);
    }

    /**
     * A key in a file; made at random when there is no such file, with mode 0600.
     *
     * @param older opens too what it sealed, and seals no more
     * @throws PermanentStoreException when other users can read the file, or it holds no key
     */
    public static StoreKeys inFile(Path path, Optional<StoreKey> older) {
        KeyFile file = new KeyFile(path);
        List<StoreKey> given = older.stream().toList();
        return new StoreKeys(Optional.of(file), given, joined(file.readOrCreate(), given));
    }

    /**
     * A key from the environment, which nobody can change while this process runs.
     *
     * @param older opens too what it sealed, and seals no more
     */
    public static StoreKeys given(StoreKey key, Optional<StoreKey> older) {
        List<StoreKey> keys = joined(List.of(key), older.stream().toList());
        return new StoreKeys(Optional.empty(), keys, keys);
    }

    /** The keys as last read. */
    KeyRing ring() {
        return ring;
    }

    /**
     * The keys as they are now. In a transaction on the store they stay so until its end.
     *
     * @throws StoreException when the file cannot be read
     */
    KeyRing readAgain() {
        if (file.isPresent()) {
            ring = KeyRing.of(joined(file.get().read(), given));
        }
        return ring;
    }

    /** Where they can be replaced; empty when they come from the environment. */
    Optional<KeyFile> file() {
        return file;
    }

    private static List<StoreKey> joined(List<StoreKey> first, List<StoreKey> second) {
        List<StoreKey> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
