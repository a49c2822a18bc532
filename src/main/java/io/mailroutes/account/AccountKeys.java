package io.mailroutes.account;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The keys of {@code mailroutes.accounts.NAME.*} (the contract, {@code DESIGN.md} section 7), as data. */
final class AccountKeys {
    /** Prefixes of keys whose rest is the name of a parameter. */
    static final List<String> MAPS = List.of("authorization-parameters.", "token-parameters.");

    /** Keys that only mean something when a token is asked for. */
    static final Set<String> OAUTH = Set.of(
            "issuer",
            "client-id",
            "client-secret",
            "client-secret-expires",
            "client-authentication",
            "private-key-file",
            "private-key-password",
            "certificate-file",
            "key-id",
            "assertion-file",
            "assertion-algorithm",
            "assertion-audience",
            "service-account-file",
            "subject",
            "scope",
            "tenant",
            "audience",
            "resource",
            "authorization-endpoint",
            "token-endpoint",
            "device-authorization-endpoint",
            "revocation-endpoint",
            "userinfo-endpoint",
            "redirect-uri",
            "redirect-port",
            "refresh-token",
            "oauth-profile");

    private static final Set<String> OTHERS = Set.of(
            "provider",
            "user",
            "login-user",
            "grant",
            "password",
            "command",
            "host",
            "port",
            "security",
            "mechanism",
            "ca-file",
            "smtp-host",
            "smtp-port",
            "smtp-security",
            "connections",
            "authserv-id");

    /** What people write who come from another program. */
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            entry("username", "user"),
            entry("email", "user"),
            entry("mailbox", "user"),
            entry("imap-host", "host"),
            entry("imap-port", "port"),
            entry("server", "host"),
            entry("hostname", "host"),
            entry("tenant-id", "tenant"),
            entry("token-url", "token-endpoint"),
            entry("token-uri", "token-endpoint"),
            entry("access-token-url", "token-endpoint"),
            entry("grant-type", "grant"),
            entry("app-password", "password"),
            entry("tls", "security"),
            entry("ssl", "security"));

    private AccountKeys() {}

    static boolean isKnown(String key) {
        return OAUTH.contains(key) || OTHERS.contains(key) || map(key).isPresent();
    }

    /** Every key of this version that is not a map. */
    static Set<String> known() {
        Set<String> all = new TreeSet<>(OAUTH);
        all.addAll(OTHERS);
        return all;
    }

    /** The key that was probably meant. */
    static Optional<String> meant(String key) {
        Set<String> candidates = known();
        candidates.addAll(SYNONYMS.keySet());
        return Suggestion.of(key, candidates)
                .map(near -> SYNONYMS.getOrDefault(near, near))
                .or(() -> map(hyphenatedPrefix(key)));
    }

    /** Whether a key belongs to grants that ask for a token. */
    static boolean isOAuth(String key) {
        return OAUTH.contains(key) || map(key).isPresent();
    }

    private static Optional<String> map(String key) {
        return MAPS.stream()
                .filter(prefix -> key.startsWith(prefix) && key.length() > prefix.length())
                .findFirst()
                .map(prefix -> key);
    }

    private static String hyphenatedPrefix(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : Suggestion.of(key.substring(0, dot + 1), MAPS).orElse("") + key.substring(dot + 1);
    }
}
