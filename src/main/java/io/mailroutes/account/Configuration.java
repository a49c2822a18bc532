package io.mailroutes.account;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole of {@code mailroutes.*}, valid.
 *
 * @param accounts by name, in the order of the file
 * @param warnings what works today and will not for long
 */
public record Configuration(Map<String, Account> accounts, Settings settings, List<Problem> warnings) {
    public Configuration {
        accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the properties of a file. Keys outside {@code mailroutes.*} are ignored, but for the
     * {@code camel.oauth.PROFILE.*} that an account's {@code oauth-profile} names.
     *
     * @param properties every property by its full key, placeholders already resolved
     * @param baseDirectory what relative paths are relative to
     * @throws ConfigurationException with every problem there is
     */
    public static Configuration read(Map<String, String> properties, Path baseDirectory) {
        return read(ConfigurationSource.of(properties, baseDirectory));
    }

    /**
     * As {@link #read(Map, Path)}, for a caller that has found problems already.
     *
     * @param earlier listed first; the keys they name are not reported a second time
     * @throws ConfigurationException when there is any problem, an earlier one or a new one
     */
    public static Configuration read(Map<String, String> properties, Path baseDirectory, List<Problem> earlier) {
        return read(ConfigurationSource.of(properties, baseDirectory).withEarlier(earlier));
    }

    /** As {@link #read(Map, Path)}, with everything that can be given. */
    public static Configuration read(ConfigurationSource source) {
        return new ConfigurationReader(source).read();
    }
}
