package io.mailroutes.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The {@code camel.oauth.PROFILE.*} of the file: how camel-oauth spells a client. Its {@code cache-tokens} and
 * {@code cached-tokens-*} are about its own cache and mean nothing here; keys nobody knows are its own affair too.
 */
final class OAuthProfiles {
    /** What an account takes from a profile. */
    static final List<String> KEYS = List.of("client-id", "client-secret", "token-endpoint", "scope");

    private static final String PREFIX = "camel.oauth.";

    private final Map<String, String> properties;
    private final Set<String> unresolved;

    OAuthProfiles(Map<String, String> properties, Set<String> unresolved) {
        this.properties = properties;
        this.unresolved = unresolved;
    }

    static String fullKey(String profile, String key) {
        return PREFIX + profile + "." + key;
    }

    boolean exists(String profile) {
        return keys().stream().anyMatch(key -> key.startsWith(fullKey(profile, "")));
    }

    /** Empty when the profile lacks the key; an empty value when its placeholder has no answer. */
    Optional<Optional<String>> lookUp(String profile, String key) {
        String fullKey = fullKey(profile, key);
        if (unresolved.contains(fullKey)) {
            return Optional.of(Optional.empty());
        }
        return Optional.ofNullable(properties.get(fullKey)).map(Optional::of);
    }

    /** What to say about a profile that is not there. */
    String absent(String profile) {
        Set<String> names = names();
        String known = names.isEmpty() ? "" : " (there are: " + String.join(", ", names) + ")";
        return "there is no key %s.* in the file%s%s"
                .formatted(
                        PREFIX + profile.replaceAll("[^A-Za-z0-9._-]", "?"),
                        known,
                        Suggestion.sentence(Suggestion.of(profile, names)));
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String key : keys()) {
            int dot = key.lastIndexOf('.');
            if (dot > PREFIX.length()) {
                names.add(key.substring(PREFIX.length(), dot));
            }
        }
        return names;
    }

    private Set<String> keys() {
        Set<String> keys = new TreeSet<>(properties.keySet());
        keys.addAll(unresolved);
        keys.removeIf(key -> !key.startsWith(PREFIX));
        return keys;
    }
}
