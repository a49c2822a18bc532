package io.mailroutes.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whose Authentication-Results fields (RFC 8601) are believed: those of the server that received the mail, which removes
 * fields that claim to be its own when a mail comes in (section 5). Everybody else's were written by a stranger.
 *
 * <p>An entry is the server's authserv-id; {@code *.example.com} stands for all that end so; {@code none:HOST}, for a
 * server whose fields name no server, means the topmost field of all, if it names none and the next Received below it
 * is by HOST, or by a host of {@code *.DOMAIN}: by what took the mail from the outside.
 */
public final class TrustedServers {
    /** Nothing is believed. */
    public static final TrustedServers NONE = new TrustedServers(List.of(), List.of());

    private static final String UNNAMED = "none:";

    private final List<String> named;
    private final List<String> unnamed;

    private TrustedServers(List<String> named, List<String> unnamed) {
        this.named = List.copyOf(named);
        this.unnamed = List.copyOf(unnamed);
    }

    /** @param entries as above; case does not matter */
    public static TrustedServers of(List<String> entries) {
        List<String> named = new ArrayList<>();
        List<String> unnamed = new ArrayList<>();
        for (String entry : entries) {
            String lower = entry.strip().toLowerCase(Locale.ROOT);
            if (lower.startsWith(UNNAMED)) {
                unnamed.add(lower.substring(UNNAMED.length()));
            } else {
                named.add(lower);
            }
        }
        return new TrustedServers(named, unnamed);
    }

    /** Whether no field can be believed. */
    boolean isEmpty() {
        return named.isEmpty() && unnamed.isEmpty();
    }

    boolean isTrusted(String authservId) {
        return matches(named, authservId);
    }

    /** Whether the mail was received by a trusted server. */
    boolean isHost(Optional<String> host) {
        return host.filter(name -> matches(named, name) || matches(unnamed, name))
                .isPresent();
    }

    /** Whether what took the mail in is a server that does not name itself. */
    boolean isUnnamedHost(Optional<String> host) {
        return host.filter(name -> matches(unnamed, name)).isPresent();
    }

    private static boolean matches(List<String> patterns, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> matches(pattern, lower));
    }

    private static boolean matches(String pattern, String name) {
        return pattern.startsWith("*.") ? name.endsWith(pattern.substring(1)) : name.equals(pattern);
    }

    @Override
    public String toString() {
        return named + " " + unnamed;
    }
}
