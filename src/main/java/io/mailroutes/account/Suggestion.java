package io.mailroutes.account;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What somebody probably meant. */
public final class Suggestion {
    private Suggestion() {}

    /** The nearest of the candidates; empty when none is near enough to be a slip. */
    public static Optional<String> of(String word, Collection<String> candidates) {
        String wanted = hyphenated(word);
        int allowed = Math.max(1, wanted.length() / 4);
        Optional<String> nearest = Optional.empty();
        for (String candidate : candidates) {
            int distance = distance(wanted, hyphenated(candidate));
            if (distance <= allowed) {
                nearest = Optional.of(candidate);
                allowed = distance - 1;
            }
        }
        return nearest;
    }

    /** As an end of a sentence: {@code ; did you mean 'x'?}, or nothing. */
    public static String sentence(Optional<String> suggestion) {
        return suggestion.map(word -> "; did you mean '" + word + "'?").orElse("");
    }

    /** {@code clientId}, {@code client_id} and {@code Client-Id} are all slips for {@code client-id}. */
    private static String hyphenated(String word) {
        return word.strip()
                .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
                .replaceAll("[_\\s]+", "-")
                .toLowerCase(Locale.ROOT);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    private static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                cost[row][column] = cheapest(cost, from, to, row, column);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int row, int column) {
        if (row == 0 || column == 0) {
            return row + column;
        }
        int replace = from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1;
        int least = Math.min(
                cost[row - 1][column - 1] + replace, Math.min(cost[row - 1][column], cost[row][column - 1]) + 1);
        boolean swapped = row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
        return swapped ? Math.min(least, cost[row - 2][column - 2] + 1) : least;
    }
}
