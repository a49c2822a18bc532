package io.mailroutes.account;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a configuration is read from.
 *
 * @param properties every property of the file by its full key, placeholders already resolved; problems are reported
 *     in this order
 * @param baseDirectory what relative paths are relative to: the working directory, {@code Path.of("")}
 * @param storeKey the value of the environment variable {@link Settings#STORE_KEY_VARIABLE}
 * @param storeKeyOld the value of the environment variable {@link Settings#STORE_KEY_OLD_VARIABLE}
 * @param earlier what was found while the placeholders were resolved; the keys named here are taken as given but
 *     without a usable value, so they are not reported a second time
 * @param clock what the dates of certificates are compared with
 */
public record ConfigurationSource(
        Map<String, String> properties,
        Path baseDirectory,
        Optional<Secret> storeKey,
        Optional<Secret> storeKeyOld,
        List<Problem> earlier,
        Clock clock) {
    public ConfigurationSource {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        requireNonNull(baseDirectory, "baseDirectory");
        requireNonNull(storeKey, "storeKey");
        requireNonNull(storeKeyOld, "storeKeyOld");
        earlier = List.copyOf(earlier);
    }

    public static ConfigurationSource of(Map<String, String> properties, Path baseDirectory) {
        return new ConfigurationSource(
                properties, baseDirectory, Optional.empty(), Optional.empty(), List.of(), Clock.systemUTC());
    }

    public ConfigurationSource withStoreKey(Optional<Secret> key) {
        return new ConfigurationSource(properties, baseDirectory, key, storeKeyOld, earlier, clock);
    }

    public ConfigurationSource withStoreKeyOld(Optional<Secret> key) {
        return new ConfigurationSource(properties, baseDirectory, storeKey, key, earlier, clock);
    }

    public ConfigurationSource withEarlier(List<Problem> problems) {
        return new ConfigurationSource(properties, baseDirectory, storeKey, storeKeyOld, problems, clock);
    }

    public ConfigurationSource withClock(Clock other) {
        return new ConfigurationSource(properties, baseDirectory, storeKey, storeKeyOld, earlier, other);
    }
}
