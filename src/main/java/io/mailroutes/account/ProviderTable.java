package io.mailroutes.account;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The providers, read from {@code providers.properties} beside this class. */
public final class ProviderTable {
    static final String GENERIC = "generic";

    private final Map<String, Provider> rows = new TreeMap<>();
    private final Map<String, String> instead = new TreeMap<>();
    private final Map<String, String> sameAs = new TreeMap<>();

    private ProviderTable(Map<String, Map<String, String>> blocks) {
        blocks.forEach(this::add);
    }

    /** The table of this version. */
    public static ProviderTable load() {
        return new ProviderTable(PropertyBlocks.read("providers.properties"));
    }

    /** The row of that name. */
    public Optional<Provider> row(String name) {
        return Optional.ofNullable(rows.get(name));
    }

    /** The row of servers that no other row is about. */
    Provider generic() {
        return Objects.requireNonNull(rows.get(GENERIC), GENERIC);
    }

    /** The names that have a row. */
    public Set<String> names() {
        return Collections.unmodifiableSet(rows.keySet());
    }

    /** The names that have none but are known. */
    Set<String> withoutRow() {
        return instead.keySet();
    }

    /** Why that name has no row, and what to write instead. */
    Optional<String> instead(String name) {
        return Optional.ofNullable(instead.get(name));
    }

    /** The name that somebody who wrote this one means. */
    Optional<String> meant(String name) {
        Set<String> candidates = new TreeSet<>(rows.keySet());
        candidates.addAll(instead.keySet());
        candidates.addAll(sameAs.keySet());
        return Suggestion.of(name, candidates).map(near -> sameAs.getOrDefault(near, near));
    }

    private void add(String name, Map<String, String> lines) {
        if (lines.containsKey("instead")) {
            instead.putAll(Map.of(name, lines.get("instead")));
        } else if (lines.containsKey("same-as")) {
            sameAs.putAll(Map.of(name, lines.get("same-as")));
        } else {
            rows.put(name, new ProviderRow(name, lines).provider());
        }
    }
}
