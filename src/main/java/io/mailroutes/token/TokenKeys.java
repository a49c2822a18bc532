package io.mailroutes.token;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.mailroutes.account.Settings;
import io.mailroutes.store.KeyRotation;
import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.Store;
import io.mailroutes.store.StoreKey;
import io.mailroutes.store.StoreKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The keys that the settings name: from the environment, else in the configured file, else in the data directory. */
public final class TokenKeys {
    private TokenKeys() {}

    /**
     * The keys, made when there are none yet.
     *
     * @throws io.mailroutes.store.StoreException when a key file cannot be read, or is open to others
     */
    public static StoreKeys of(Settings settings) {
        Optional<StoreKey> older =
                settings.storeKeyOld().map(key -> StoreKey.of(key.reveal(), Settings.STORE_KEY_OLD_VARIABLE));
        return settings.storeKey()
                .map(key -> StoreKeys.given(StoreKey.of(key.reveal(), Settings.STORE_KEY_VARIABLE), older))
                .orElseGet(() -> StoreKeys.inFile(file(settings), older));
    }

    /**
     * Seals all that is stored with a new key.
     *
     * @throws io.mailroutes.store.StoreException when it cannot be done, with what to do; nothing is lost
     */
    public static KeyRotation.Result rotate(Settings settings, Clock clock) {
        Path file = file(settings);
        boolean given =
                settings.storeKey().isPresent() || settings.storeKeyOld().isPresent();
        if (!given && !Files.exists(file, NOFOLLOW_LINKS)) {
            throw new PermanentStoreException(
                    "there is no key file " + file + ", so there is no key to rotate: the first login or run makes one."
                            + " Is it the right data directory (--data, --config)? If the key is in "
                            + Settings.STORE_KEY_VARIABLE + ", set that here too. Nothing is changed",
                    null);
        }
        try (Store store = Store.open(settings.dataDirectory(), settings.storeUrl(), clock)) {
            return new KeyRotation(store, of(settings)).run();
        }
    }

    /** The file that is used when the environment has no key. */
    public static Path file(Settings settings) {
        return settings.storeKeyFile().orElse(settings.dataDirectory().resolve("store.key"));
    }
}
