package io.mailroutes.account;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The key {@code authserv-id}: whose Authentication-Results fields (RFC 8601) are believed. A list, separated by commas or
 * spaces: the name that the receiving server gives itself in them, {@code *.DOMAIN} for a server of many names, or
 * {@code none:HOST} for one that gives none and is known by the Received field below; {@code off} believes nobody.
 */
final class AuthservIdRule {
    private static final String KEY = "authserv-id";
    private static final String OFF = "off";
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,]+");
    private static final Pattern ENTRY =
            Pattern.compile("(none:)?(\\*\\.[a-z0-9_-]+\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*", Pattern.CASE_INSENSITIVE);

    private AuthservIdRule() {}

    /** Empty when there is none, or none that is usable, which has been reported. */
    static List<String> read(AccountValues values) {
        List<String> entries = values.get(KEY).stream()
                .flatMap(SEPARATOR::splitAsStream)
                .filter(entry -> !entry.isEmpty())
                .toList();
        if (entries.equals(List.of(OFF))) {
            return List.of();
        }
        entries.stream().filter(AuthservIdRule::isUnusable).forEach(entry -> values.problem(KEY, words(entry)));
        return entries;
    }

    private static boolean isUnusable(String entry) {
        return !ENTRY.matcher(entry).matches() || Stream.of(OFF, "none").anyMatch(entry::equalsIgnoreCase);
    }

    private static String words(String entry) {
        return Problems.quote(entry)
                + " is not the name that a server gives itself in Authentication-Results: write it as it"
                + " stands there before the first semicolon, *.DOMAIN for a server of many names, none:HOST for one that"
                + " gives none and writes Received as HOST, or off alone to believe nobody";
    }
}
