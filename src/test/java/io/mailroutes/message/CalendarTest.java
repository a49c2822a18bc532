package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.CalendarEvent.Person;
import io.mailroutes.message.CalendarEvent.Time;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarTest {
    private static List<CalendarEvent> events(String calendar) {
        return Mails.mail("Content-Type: text/calendar; charset=utf-8\n\n" + calendar)
                .calendar();
    }

    private static CalendarEvent event(String properties) {
        List<CalendarEvent> events =
                events("BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + properties + "\nEND:VEVENT\nEND:VCALENDAR\n");
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void anInvitationIsReadAndItsAlarmIsNot() throws IOException {
        CalendarEvent event = Fixtures.mail("everything.eml").calendar().get(0);
        assertThat(event.path()).isEqualTo("5");
        assertThat(event.method()).contains("request");
        assertThat(event.uid()).contains("event-1@example.org");
        assertThat(event.sequence()).contains(2);
        assertThat(event.summary()).contains("Review, with cake and tea");
        assertThat(event.start())
                .contains(new Time(
                        "2026-01-02T10:00:00",
                        Optional.of("Europe/Berlin"),
                        Optional.of(Instant.parse("2026-01-02T09:00:00Z"))));
        assertThat(event.end().orElseThrow().instant()).contains(Instant.parse("2026-01-02T10:30:00Z"));
        assertThat(event.organizer())
                .contains(new Person(Optional.of("Doe, Jane"), "jane@example.org", Optional.empty()));
        assertThat(event.attendees())
                .containsExactly(new Person(Optional.of("Joe"), "joe@example.net", Optional.of("needs-action")));
        assertThat(event.status()).contains("confirmed");
    }

    @Test
    void aMeetingIsCalledOffInTheZoneOfItsProgram() throws IOException {
        Mail mail = Fixtures.mail("cancelled-meeting.eml");
        CalendarEvent event = mail.calendar().get(0);
        assertThat(event.method()).contains("cancel");
        assertThat(event.status()).contains("cancelled");
        assertThat(event.summary()).contains("Abgesagt: Grüße; und mehr");
        assertThat(event.start())
                .contains(new Time("2026-03-02T09:00:00", Optional.of("W. Europe Standard Time"), Optional.empty()));
        assertThat(event.attendees())
                .containsExactly(new Person(Optional.of("Roe; Jane"), "jane@example.org", Optional.of("declined")));
        assertThat(mail.text()).hasValueSatisfying(text -> assertThat(text).contains("Abgesagt – Grüße"));
        assertThat(mail.parseError()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DTSTART:20260102T100000Z, 2026-01-02T10:00:00, UTC, 2026-01-02T10:00:00Z",
        "DTSTART:20260102T100000, 2026-01-02T10:00:00, , ",
        "DTSTART;VALUE=DATE:20260102, 2026-01-02, , ",
        "DTSTART;TZID=W. Europe Standard Time:20260102T100000, 2026-01-02T10:00:00, W. Europe Standard Time, ",
        "dtstart;tzid=\"Asia/Tokyo\":20260102T100030, 2026-01-02T10:00:30, Asia/Tokyo, 2026-01-02T01:00:30Z",
        "DTSTART;TZID=../../etc:20260102T100000, 2026-01-02T10:00:00, ../../etc, ",
        "DTSTART:20261231T235960Z, 2026-12-31T23:59:59, UTC, 2026-12-31T23:59:59Z",
    })
    void timesAreReadAsTheyWereMeant(String line, String local, String zone, String instant) {
        assertThat(event(line).start())
                .contains(new Time(
                        local,
                        Optional.ofNullable(zone),
                        Optional.ofNullable(instant).map(Instant::parse)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DTSTART:",
                "DTSTART",
                "DTSTART:20260231",
                "DTSTART:20260102T",
                "DTSTART:20260102T250000",
                "DTSTART:99999999",
                "DTSTART:tomorrow",
                "DTSTART;X=\":20260102"
            })
    void whatIsNoTimeIsLeftOut(String line) {
        assertThat(event(line).start()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "20260102T100000, PT1H30M, 2026-01-02T11:30:00",
        "20260102T100000, P1DT1S, 2026-01-03T10:00:01",
        "20260102, P2W, 2026-01-16",
        "20260102, P, 2026-01-02",
        "20260102, -P1D, ",
        "20260102, PT99999999999H, ",
        "20260102, 1 hour, ",
        "99991231, P99999D, +10273-10-14",
    })
    void anEventMaySayHowLongItTakes(String start, String duration, String end) {
        assertThat(event("DTSTART:" + start + "\nDURATION:" + duration).end().map(Time::local))
                .isEqualTo(Optional.ofNullable(end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not a calendar",
                "BEGIN:VEVENT\nUID:1\n",
                "END:VEVENT\nEND:VCALENDAR",
                "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nEND:VTODO\nEND:VCALENDAR",
                " \n\t\n ",
                ":::\n;;;\n==="
            })
    void whatIsNoEventIsPassedBy(String calendar) {
        assertThat(events(calendar)).isEmpty();
    }

    @Test
    void linesAreUnfoldedAndTextsAreOneCleanLine() {
        CalendarEvent event = event("SUM\n MARY;LANGUAGE=en:a\\, b\\nc\n  d\u0007\u202E\\\\e");
        assertThat(event.summary()).contains("a, b c d\\e");
    }

    @Test
    void quotesAndCaretsInParametersAreUnderstood() {
        CalendarEvent event = event("ORGANIZER;CN=\"A: ^'B^'; ^^n\";PARTSTAT=ACCEPTED:mailto:a@x");
        assertThat(event.organizer()).contains(new Person(Optional.of("A: \"B\"; ^n"), "a@x", Optional.of("accepted")));
    }

    @Test
    void anEventThatIsThereTwiceIsToldOnce() {
        String calendar = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n";
        Mail mail = Mails.mail("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/calendar\n\n"
                + calendar + "--b\nContent-Type: application/ics; name=invite.ics\n\n" + calendar + "--b--\n");
        assertThat(mail.calendar()).hasSize(1);
        assertThat(mail.attachments()).hasSize(2);
    }

    @Test
    void anUnclosedAlarmDoesNotHideTheEvent() {
        assertThat(event("UID:1\nBEGIN:VALARM\nUID:2").uid()).contains("1");
    }

    @Test
    void bombsEndAtTheLimits() {
        String one = "BEGIN:VEVENT\nUID:x\nEND:VEVENT\n";
        assertThat(events("BEGIN:VCALENDAR\n" + one.repeat(10_000))).hasSizeLessThanOrEqualTo(50);
        assertThat(event("ATTENDEE:mailto:a@x\n".repeat(9_000)).attendees()).hasSize(200);
        assertThat(event("SUMMARY:" + "\n x".repeat(60_000)).summary().orElseThrow())
                .hasSize(CleanText.LONGEST);
        assertThat(events("BEGIN:X\n".repeat(30_000) + one)).hasSizeLessThanOrEqualTo(1);
        Mail mail = Mails.mail("Content-Type: text/calendar\n\n" + one.repeat(20_000));
        assertThat(mail.calendar()).isNotEmpty();
        assertThat(mail.parseError())
                .hasValueSatisfying(note -> assertThat(note).contains("262144 bytes"));
    }

    @Test
    void theCharsetOfThePartCounts() {
        Mail mail = Mails.bytes("Content-Type: text/calendar; charset=windows-1251\n\nBEGIN:VEVENT\nSUMMARY:"
                + "\u00CF\u00F0\u00E8\u00E2\u00E5\u00F2\nEND:VEVENT\n");
        assertThat(mail.calendar().get(0).summary()).contains("Привет");
    }
}
