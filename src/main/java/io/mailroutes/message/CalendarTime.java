package io.mailroutes.message;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates, times and durations of a calendar (RFC 5545 section 3.3). */
final class CalendarTime {
    private static final Pattern TIME = Pattern.compile(
            "([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z?))?", Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION = Pattern.compile(
            "\\+?P(?:([0-9]{1,4})W|(?:([0-9]{1,5})D)?(?:T(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,7})S)?)?)",
            Pattern.CASE_INSENSITIVE);

    private CalendarTime() {}

    /** Empty when it is not a time that there is. */
    static Optional<CalendarEvent.Time> read(ContentLine line) {
        Matcher time = TIME.matcher(line.value().strip());
        if (!time.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.of(number(time, 1), number(time, 2), number(time, 3));
            if (time.group(4) == null) {
                return Optional.of(new CalendarEvent.Time(date.toString(), Optional.empty(), Optional.empty()));
            }
            // A leap second is read as the one before it.
            LocalDateTime at = date.atTime(number(time, 4), number(time, 5), Math.min(number(time, 6), 59));
            boolean utc = !time.group(7).isEmpty();
            Optional<String> zone = utc
                    ? Optional.of("UTC")
                    : line.parameter("TZID").map(CleanText::line).filter(name -> !name.isEmpty());
            return Optional.of(at(at, zone));
        } catch (DateTimeException e) { // as 31 February
            return Optional.empty();
        }
    }

    private static CalendarEvent.Time at(LocalDateTime local, Optional<String> zone) {
        Optional<Instant> instant =
                zone.flatMap(CalendarTime::known).map(id -> local.atZone(id).toInstant());
        return new CalendarEvent.Time(text(local), zone, instant);
    }

    /** With the seconds also where there are none. */
    private static String text(LocalDateTime local) {
        String text = local.toString();
        return local.getSecond() == 0 ? text + ":00" : text;
    }

    private static Optional<ZoneId> known(String name) {
        if (name.equals("UTC")) {
            return Optional.of(ZoneOffset.UTC);
        }
        return ZoneId.getAvailableZoneIds().contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }

    /** The end of an event that says how long it takes. */
    static Optional<CalendarEvent.Time> after(CalendarEvent.Time start, String duration) {
        Matcher length = DURATION.matcher(duration.strip());
        if (!length.matches()) {
            return Optional.empty();
        }
        int days = 7 * number(length, 1) + number(length, 2);
        Duration time = Duration.ofHours(number(length, 3))
                .plusMinutes(number(length, 4))
                .plusSeconds(number(length, 5));
        if (start.local().indexOf('T') < 0) {
            LocalDate end = LocalDate.parse(start.local()).plusDays(days);
            return Optional.of(new CalendarEvent.Time(end.toString(), Optional.empty(), Optional.empty()));
        }
        return Optional.of(at(LocalDateTime.parse(start.local()).plusDays(days).plus(time), start.zone()));
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
