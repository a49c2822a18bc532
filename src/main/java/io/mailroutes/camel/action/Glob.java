package io.mailroutes.camel.action;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A pattern in which {@code *} stands for any characters, or none, and everything else for itself in upper or lower
 * case. No regular expression: whatever a stranger writes, each part of the pattern walks over the text once.
 */
final class Glob {
    private final String pattern;
    private final List<String> pieces;

    Glob(String pattern) {
        this.pattern = folded(pattern);
        this.pieces = Arrays.asList(this.pattern.split("\\*", -1));
    }

    /** Upper case first: that is how {@code String.equalsIgnoreCase} takes letters of two lower cases for one. */
    static String folded(String text) {
        return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    boolean hasStar() {
        return pieces.size() > 1;
    }

    /** Whether it is all of the text. */
    boolean matches(String text) {
        String folded = folded(text);
        if (!hasStar()) {
            return folded.equals(pattern);
        }
        String first = pieces.get(0);
        String last = pieces.get(pieces.size() - 1);
        int end = folded.length() - last.length();
        if (!folded.startsWith(first) || end < first.length() || !folded.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            int found = folded.indexOf(piece, at);
            if (found < 0) {
                return false;
            }
            at = found + piece.length();
        }
        return at <= end;
    }

    /** Whether it is in the text; with a star in it, whether it is all of the text. */
    boolean isIn(String text) {
        return hasStar() ? matches(text) : folded(text).contains(pattern);
    }

    @Override
    public String toString() {
        return pattern;
    }
}
