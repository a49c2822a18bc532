package io.mailroutes.account;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The keys of one account: its own values, over those of its {@code oauth-profile}, over those of its provider's row.
 *
 * @param own usable values by key, without blanks around them; those of the profile included
 * @param origin the full property key of values that come from the profile
 * @param excused keys that were given, but have no usable value, which has been reported
 */
record AccountValues(
        String name,
        Map<String, String> own,
        Map<String, String> origin,
        Set<String> excused,
        Provider provider,
        Problems problems) {
    static final String PREFIX = "mailroutes.accounts.";

    AccountValues {
        own = Map.copyOf(own);
        origin = Map.copyOf(origin);
        excused = Set.copyOf(excused);
    }

    /** The same over another row. */
    AccountValues over(Provider other) {
        return new AccountValues(name, own, origin, excused, other, problems);
    }

    /** The same with more keys that are not missed. */
    AccountValues excusing(Set<String> keys) {
        Set<String> more = new HashSet<>(excused);
        more.addAll(keys);
        return new AccountValues(name, own, origin, more, provider, problems);
    }

    /** The account's value, else the profile's. */
    Optional<String> own(String key) {
        return Optional.ofNullable(own.get(key));
    }

    /** The account's value, else the profile's, else the provider's. */
    Optional<String> get(String key) {
        return own(key).or(() -> Optional.ofNullable(provider.defaults().get(key)));
    }

    Optional<Secret> secret(String key) {
        return own(key).map(Secret::of);
    }

    /** Whether the account or its profile names the key, with a usable value or not. */
    boolean isGiven(String key) {
        return own.containsKey(key) || excused.contains(key);
    }

    /** The parameters whose keys start with a prefix, without it; the account's over the provider's. */
    Map<String, String> below(String prefix) {
        Map<String, String> parameters = new TreeMap<>();
        copy(provider.defaults(), prefix, parameters);
        copy(own, prefix, parameters);
        return parameters;
    }

    /** The key as it stands in the file. */
    String fullKey(String key) {
        return origin.getOrDefault(key, PREFIX + name + "." + key);
    }

    void problem(String key, String text) {
        problems.add(fullKey(key), text);
    }

    void warning(String key, String text) {
        problems.warn(fullKey(key), text);
    }

    /** Reports a key that must be there, unless it is there and something else about it has been reported. */
    void missing(String key, String text) {
        if (!excused.contains(key)) {
            problem(key, "missing. " + text);
        }
    }

    private static void copy(Map<String, String> from, String prefix, Map<String, String> to) {
        from.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                to.put(key.substring(prefix.length()), value);
            }
        });
    }
}
