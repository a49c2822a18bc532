package io.mailroutes.camel.action;

import java.util.Arrays;
import java.util.List;

/** Some globs, of which one has to match. */
record Patterns(List<Glob> globs) {
    static final Patterns NONE = new Patterns(List.of());

    Patterns {
        globs = List.copyOf(globs);
    }

    /** @param separator a character; blanks around it do not count, and what is empty is left out */
    static Patterns of(String text, char separator) {
        return new Patterns(Arrays.stream(text.split("[" + separator + "]"))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(Glob::new)
                .toList());
    }

    boolean isEmpty() {
        return globs.isEmpty();
    }

    boolean match(String text) {
        return globs.stream().anyMatch(glob -> glob.matches(text));
    }

    boolean areIn(String text) {
        return globs.stream().anyMatch(glob -> glob.isIn(text));
    }
}
