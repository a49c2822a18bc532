package io.mailroutes.account;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code mailroutes.*} says beside the accounts.
 *
 * @param dataDirectory {@code mailroutes.data-directory}; default {@code data}
 * @param storeUrl {@code mailroutes.store.url}; empty (the default) means a SQLite file in the data directory
 * @param storeKeyFile {@code mailroutes.store.key-file}; it need not exist yet
 * @param storeKey 32 bytes in base64, from {@value #STORE_KEY_VARIABLE}; never together with a key file
 * @param storeKeyOld 32 bytes in base64, from {@value #STORE_KEY_OLD_VARIABLE}: the key before the present one, which
 *     opens what it sealed and seals no more
 * @param queue {@code mailroutes.queue.*}
 * @param secrets {@code mailroutes.secrets.NAME} by NAME, for a route's {@code secretRef}
 */
public record Settings(
        Path dataDirectory,
        String storeUrl,
        Optional<Path> storeKeyFile,
        Optional<Secret> storeKey,
        Optional<Secret> storeKeyOld,
        QueueSettings queue,
        Map<String, Secret> secrets) {
    /** The environment variable that holds the key of the token store. */
    public static final String STORE_KEY_VARIABLE = "MAILROUTES_STORE_KEY";

    /** The environment variable that holds the key before, while the key is being changed. */
    public static final String STORE_KEY_OLD_VARIABLE = "MAILROUTES_STORE_KEY_OLD";

    public Settings {
        requireNonNull(dataDirectory, "dataDirectory");
        requireNonNull(storeUrl, "storeUrl");
        requireNonNull(storeKeyFile, "storeKeyFile");
        requireNonNull(storeKey, "storeKey");
        requireNonNull(storeKeyOld, "storeKeyOld");
        requireNonNull(queue, "queue");
        secrets = Map.copyOf(secrets);
    }

    /** The same with another data directory: what {@code --data DIR} does. */
    public Settings withDataDirectory(Path directory) {
        return new Settings(directory, storeUrl, storeKeyFile, storeKey, storeKeyOld, queue, secrets);
    }
}
