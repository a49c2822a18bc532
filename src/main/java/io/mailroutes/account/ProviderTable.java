package io.mailroutes.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The providers, read from {@code providers.properties} beside this class. */
final class ProviderTable {
    static final String GENERIC = "generic";

    private final Map<String, Provider> rows = new TreeMap<>();
    private final Map<String, String> instead = new TreeMap<>();
    private final Map<String, String> sameAs = new TreeMap<>();

    private ProviderTable(Properties lines) {
        Map<String, Map<String, String>> blocks = new TreeMap<>();
        for (String key : lines.stringPropertyNames()) {
            int dot = key.indexOf('.');
            blocks.computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
                    .put(key.substring(dot + 1), lines.getProperty(key));
        }
        blocks.forEach(this::add);
    }

    static ProviderTable load() {
        try (InputStream in = Objects.requireNonNull(
                ProviderTable.class.getResourceAsStream("providers.properties"), "providers.properties")) {
            Properties lines = new Properties();
            lines.load(new InputStreamReader(in, UTF_8));
            return new ProviderTable(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("The provider table inside the jar cannot be read", e);
        }
    }

    /** The row of that name. */
    Optional<Provider> row(String name) {
        return Optional.ofNullable(rows.get(name));
    }

    /** The row of servers that no other row is about. */
    Provider generic() {
        return Objects.requireNonNull(rows.get(GENERIC), GENERIC);
    }

    /** The names that have a row. */
    Set<String> names() {
        return rows.keySet();
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
