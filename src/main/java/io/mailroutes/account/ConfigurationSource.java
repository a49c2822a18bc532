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
 * @param earlier what was found while the placeholders were resolved; the keys named here are taken as given but
 *     without a usable value, so they are not reported a second time
 * @param clock what the dates of certificates are compared with
 */
public record ConfigurationSource(
        Map<String, String> properties,
        Path baseDirectory,
        Optional<Secret> storeKey,
        List<Problem> earlier,
        Clock clock) {
    public ConfigurationSource {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        requireNonNull(baseDirectory, "baseDirectory");
        requireNonNull(storeKey, "storeKey");
        earlier = List.copyOf(earlier);
    }

    public static ConfigurationSource of(Map<String, String> properties, Path baseDirectory) {
        return new ConfigurationSource(properties, baseDirectory, Optional.empty(), List.of(), Clock.systemUTC());
    }

    public ConfigurationSource withStoreKey(Optional<Secret> key) {
        return new ConfigurationSource(properties, baseDirectory, key, earlier, clock);
    }

    public ConfigurationSource withEarlier(List<Problem> problems) {
        return new ConfigurationSource(properties, baseDirectory, storeKey, problems, clock);
    }

    public ConfigurationSource withClock(Clock other) {
        return new ConfigurationSource(properties, baseDirectory, storeKey, earlier, other);
    }
}
