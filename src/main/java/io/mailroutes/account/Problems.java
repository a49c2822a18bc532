package io.mailroutes.account;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong, so that one run tells all of it. */
final class Problems {
    /** Long enough for any host name or scope, short enough for a line. */
    private static final int QUOTED_LENGTH = 80;

    private final List<Problem> list;
    private final List<Problem> warnings = new ArrayList<>();
    private final Set<String> unresolved = new LinkedHashSet<>();

    /** @param earlier what was found while placeholders were resolved; these keys have no usable value */
    Problems(List<Problem> earlier) {
        list = new ArrayList<>(earlier);
        earlier.forEach(problem -> unresolved.add(problem.key()));
    }

    void add(String key, String text) {
        list.add(new Problem(printable(key), text));
    }

    void warn(String key, String text) {
        warnings.add(new Problem(printable(key), text));
    }

    /** What is no problem yet. */
    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** The keys that were named by an earlier problem. */
    Set<String> unresolved() {
        return Collections.unmodifiableSet(unresolved);
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<Problem> list() {
        return List.copyOf(list);
    }

    /** A value as it may stand in a message: one line, of bounded length. Not for secrets and not for URIs. */
    static String quote(String value) {
        String shown = value.length() <= QUOTED_LENGTH ? value : value.substring(0, QUOTED_LENGTH) + "...";
        return "'" + printable(shown) + "'";
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
