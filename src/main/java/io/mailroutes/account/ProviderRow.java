package io.mailroutes.account;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns the lines of one provider into its {@link Provider}; a line it does not know is a bug in the table. */
final class ProviderRow {
    private static final Set<String> DEFAULTS = Set.of(
            "issuer",
            "authorization-endpoint",
            "token-endpoint",
            "device-authorization-endpoint",
            "revocation-endpoint",
            "revocation-reach",
            "redirect-uri",
            "identity-scope",
            "client-authentication",
            "scope",
            "tenant",
            "host",
            "security",
            "smtp-host",
            "smtp-security");

    private final String name;
    private final Map<String, String> lines;
    private final Set<String> unused;

    ProviderRow(String name, Map<String, String> lines) {
        this.name = name;
        this.lines = new TreeMap<>(lines);
        this.unused = new HashSet<>(lines.keySet());
    }

    Provider provider() {
        Provider provider = new Provider(
                name,
                line("checked-on").map(LocalDate::parse),
                line("documentation"),
                defaults(),
                byGrant("scope."),
                words("mechanisms").stream()
                        .map(word -> keyed(Mechanism.values(), Mechanism::key, word))
                        .toList(),
                line("client-secret").filter("required"::equals).isPresent(),
                line("user").filter("address"::equals).isPresent(),
                Set.copyOf(words("shared-tenants")),
                new ScopeRule(
                        line("required-scope"), line("required-scope-because").orElse(""), below("wrong-scope.")),
                byGrant("refused-grant."));
        if (!unused.isEmpty()) {
            throw new IllegalStateException("provider " + name + " has lines that mean nothing: " + unused);
        }
        return provider;
    }

    private Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        DEFAULTS.forEach(key -> line(key).ifPresent(value -> defaults.put(key, value)));
        for (String prefix : AccountKeys.MAPS) {
            below(prefix).forEach((key, value) -> defaults.put(prefix + key, value));
        }
        return defaults;
    }

    private Optional<String> line(String key) {
        unused.remove(key);
        return Optional.ofNullable(lines.get(key));
    }

    private List<String> words(String key) {
        return line(key).map(value -> Arrays.asList(value.split(" "))).orElse(List.of());
    }

    private Map<GrantType, String> byGrant(String prefix) {
        return below(prefix).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> keyed(GrantType.values(), GrantType::key, entry.getKey()), Map.Entry::getValue));
    }

    private Map<String, String> below(String prefix) {
        unused.removeIf(key -> key.startsWith(prefix));
        return lines.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toMap(entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    private static <E> E keyed(E[] values, Function<E, String> key, String word) {
        return Arrays.stream(values)
                .filter(value -> key.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("provider table: no such word: " + word));
    }
}
