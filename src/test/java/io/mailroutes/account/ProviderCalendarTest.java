package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.Period;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProviderCalendarTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final ProviderCalendar calendar = ProviderCalendar.load();

    @Test
    void everyAnnouncementIsPinned() {
        assertThat(calendar.all())
                .extracting(entry -> "%s %s %s..%s"
                        .formatted(
                                entry.name(),
                                String.join("+", entry.providers()),
                                entry.from(),
                                entry.until().map(LocalDate::toString).orElse("")))
                .containsExactly(
                        "exchange-passwords microsoft 2022-10-01..2023-01-31",
                        "outlook-passwords outlook 2024-09-16..2024-09-16",
                        "google-workspace-passwords google 2024-09-30..2025-12-31",
                        "comcast-to-yahoo comcast 2025-01-01..2026-12-31",
                        "google-client-secrets google 2025-06-01..2025-11-30",
                        "mailru-clients mailru 2025-07-01..2025-07-01",
                        "microsoft-consent microsoft 2025-10-01..2025-11-30",
                        "exchange-old-tls microsoft 2026-07-01..2026-12-31",
                        "exchange-ews microsoft 2026-10-01..",
                        "exchange-smtp-passwords microsoft 2026-12-31..2026-12-31");
    }

    @Test
    void everyAnnouncementIsAboutAKnownProviderAndSaysWhatToDo() {
        Set<String> known = new HashSet<>(ProviderTable.load().names());
        known.add("comcast");

        assertThat(calendar.all()).allSatisfy(entry -> {
            assertThat(entry.providers()).isNotEmpty().isSubsetOf(known);
            assertThat(List.of(entry.what(), entry.advice())).allMatch(text -> text.endsWith("."));
            assertThat(entry.source()).isNotBlank();
        });
    }

    @Test
    void whatIsHappeningAndWhatComesSoonIsUpcoming() {
        assertThat(names("microsoft", TODAY, Period.ofMonths(2)))
                .containsExactly("exchange-old-tls", "exchange-ews", "exchange-smtp-passwords");
    }

    @Test
    void whatIsTooFarAwayIsNotUpcomingYet() {
        assertThat(names("microsoft", TODAY, Period.ofDays(37))).doesNotContain("exchange-smtp-passwords");
        assertThat(names("microsoft", TODAY, Period.ofDays(38))).contains("exchange-smtp-passwords");
    }

    @Test
    void aWindowIsUpcomingUntilItsLastDayIsOver() {
        LocalDate last = LocalDate.of(2026, 12, 31);

        assertThat(names("microsoft", last, Period.ZERO)).contains("exchange-old-tls", "exchange-smtp-passwords");
        assertThat(names("microsoft", last.plusDays(1), Period.ofYears(1))).containsExactly("exchange-ews");
    }

    @Test
    void whatIsPastIsNotUpcoming() {
        assertThat(names("google", TODAY, Period.ofYears(10))).isEmpty();
        assertThat(names("outlook", TODAY, Period.ofYears(10))).isEmpty();
    }

    @Test
    void anotherProvidersAnnouncementIsNotUpcoming() {
        assertThat(names("generic", TODAY, Period.ofYears(10))).isEmpty();
        assertThat(names("nobody", TODAY, Period.ofYears(10))).isEmpty();
    }

    @Test
    void aMonthMeansAllOfIt() {
        Deprecation entry = new ProviderCalendar(Map.of("leap", block("on", "2028-02")))
                .all()
                .get(0);

        assertThat(entry.from()).isEqualTo(LocalDate.of(2028, 2, 1));
        assertThat(entry.until()).isEqualTo(Optional.of(LocalDate.of(2028, 2, 29)));
    }

    @Test
    void anEntryWithoutADayIsABug() {
        assertThatThrownBy(() -> new ProviderCalendar(Map.of("never", block("until", "2028-02"))))
                .hasMessage("calendar: never lacks the line from");
    }

    @Test
    void anEntryWithALineThatMeansNothingIsABug() {
        Map<String, String> block = block("on", "2028-02");
        block.put("advice", "none");

        assertThatThrownBy(() -> new ProviderCalendar(Map.of("odd", block)))
                .hasMessage("calendar: odd has lines that mean nothing: [advice]");
    }

    @Test
    void anEntryWithoutAdviceOrSourceIsABug() {
        for (String line : List.of("what", "do", "source")) {
            Map<String, String> block = block("on", "2028-02");
            block.remove(line);
            assertThatThrownBy(() -> new ProviderCalendar(Map.of("mute", block)))
                    .hasMessage("calendar: mute lacks the line " + line);
        }
    }

    @Test
    void anEntryThatEndsBeforeItBeginsIsABug() {
        Map<String, String> block = block("from", "2028-02");
        block.put("until", "2028-01");

        assertThatThrownBy(() -> new ProviderCalendar(Map.of("back", block))).hasMessage("back ends before it begins");
    }

    private List<String> names(String provider, LocalDate today, Period ahead) {
        return calendar.upcoming(provider, today, ahead).stream()
                .map(Deprecation::name)
                .toList();
    }

    private static Map<String, String> block(String key, String day) {
        return new TreeMap<>(
                Map.of(key, day, "providers", "google", "what", "It ends.", "do", "Nothing.", "source", "seen"));
    }
}
