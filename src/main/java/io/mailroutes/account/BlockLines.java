package io.mailroutes.account;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The lines of one block of a table, and which of them nobody has asked for. */
class BlockLines {
    private final Map<String, String> lines;
    private final Set<String> unused;

    BlockLines(Map<String, String> lines) {
        this.lines = new TreeMap<>(lines);
        this.unused = new HashSet<>(lines.keySet());
    }

    final Optional<String> line(String key) {
        unused.remove(key);
        return Optional.ofNullable(lines.get(key));
    }

    final List<String> words(String key) {
        return line(key).map(value -> Arrays.asList(value.split(" "))).orElse(List.of());
    }

    final boolean says(String key, String word) {
        return line(key).filter(word::equals).isPresent();
    }

    final <E> Optional<E> choice(String key, E[] values, Function<E, String> word) {
        return line(key).map(text -> keyed(values, word, text));
    }

    final <E> List<E> choices(String key, E[] values, Function<E, String> word) {
        return words(key).stream().map(text -> keyed(values, word, text)).toList();
    }

    final Map<GrantType, String> byGrant(String prefix) {
        return below(prefix).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> keyed(GrantType.values(), GrantType::key, entry.getKey()), Map.Entry::getValue));
    }

    /** The lines whose keys start with a prefix, without it, sorted. */
    final Map<String, String> below(String prefix) {
        unused.removeIf(key -> key.startsWith(prefix));
        Map<String, String> below = new TreeMap<>();
        lines.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                below.put(key.substring(prefix.length()), value);
            }
        });
        return below;
    }

    /** A line that nobody has asked for is a bug in the table. */
    final void refuseUnused(String block) {
        if (!unused.isEmpty()) {
            throw new IllegalStateException(block + " has lines that mean nothing: " + unused);
        }
    }

    static <E> E keyed(E[] values, Function<E, String> key, String word) {
        return Arrays.stream(values)
                .filter(value -> key.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("provider table: no such word: " + word));
    }
}
