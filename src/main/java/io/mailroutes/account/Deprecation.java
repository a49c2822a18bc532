package io.mailroutes.account;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Something a provider has announced to end or to change.
 *
 * @param name what to call it, for tests and logs
 * @param providers rows of the provider table that it is about
 * @param from the first day of it
 * @param until the last day on which it may take effect; empty when no end was announced
 * @param what what happens
 * @param advice what to do about it
 * @param source where it was announced
 */
public record Deprecation(
        String name,
        Set<String> providers,
        LocalDate from,
        Optional<LocalDate> until,
        String what,
        String advice,
        String source) {
    public Deprecation {
        providers = Set.copyOf(providers);
        if (until.filter(from::isAfter).isPresent()) {
            throw new IllegalArgumentException(name + " ends before it begins");
        }
    }

    /** Whether the time in which it takes effect has passed. */
    boolean isOver(LocalDate today) {
        return until.filter(today::isAfter).isPresent();
    }
}
