package io.mailroutes.account;

import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the providers have announced, read from {@code provider-calendar.properties} beside this class. */
public final class ProviderCalendar {
    private final List<Deprecation> entries;

    ProviderCalendar(Map<String, Map<String, String>> blocks) {
        this.entries = blocks.entrySet().stream()
                .map(block -> entry(block.getKey(), new BlockLines(block.getValue())))
                .sorted(Comparator.comparing(Deprecation::from).thenComparing(Deprecation::name))
                .toList();
    }

    /** The calendar of this version. */
    public static ProviderCalendar load() {
        return new ProviderCalendar(PropertyBlocks.read("provider-calendar.properties"));
    }

    /** Everything that is known, the past included, by its first day. */
    public List<Deprecation> all() {
        return entries;
    }

    /**
     * What is happening at a provider, or will begin soon, by its first day.
     *
     * @param provider a name of the provider table
     * @param ahead how far to look; what begins on the last day of it is included
     */
    public List<Deprecation> upcoming(String provider, LocalDate today, Period ahead) {
        LocalDate last = today.plus(ahead);
        return entries.stream()
                .filter(entry -> entry.providers().contains(provider))
                .filter(entry -> !entry.isOver(today) && !entry.from().isAfter(last))
                .toList();
    }

    private static Deprecation entry(String name, BlockLines lines) {
        Optional<String> on = lines.line("on");
        String first = on.or(() -> lines.line("from")).orElseThrow(() -> missing(name, "from"));
        Optional<String> last = on.or(() -> lines.line("until"));
        Deprecation entry = new Deprecation(
                name,
                Set.copyOf(lines.words("providers")),
                firstDay(first),
                last.map(ProviderCalendar::lastDay),
                lines.line("what").orElseThrow(() -> missing(name, "what")),
                lines.line("do").orElseThrow(() -> missing(name, "do")),
                lines.line("source").orElseThrow(() -> missing(name, "source")));
        lines.refuseUnused("calendar: " + name);
        return entry;
    }

    private static IllegalStateException missing(String name, String line) {
        return new IllegalStateException("calendar: " + name + " lacks the line " + line);
    }

    private static LocalDate firstDay(String text) {
        return isMonth(text) ? YearMonth.parse(text).atDay(1) : LocalDate.parse(text);
    }

    private static LocalDate lastDay(String text) {
        return isMonth(text) ? YearMonth.parse(text).atEndOfMonth() : LocalDate.parse(text);
    }

    private static boolean isMonth(String text) {
        return text.length() == "2026-11".length();
    }
}
