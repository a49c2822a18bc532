package io.mailroutes.message;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The date of nearly every mail (RFC 5322 section 3.3): {@code Fri, 2 Jan 2026 04:04:05 +0100}, perhaps with a comment
 * behind it, read by hand because the general parser costs more than the rest of the envelope. Obsolete and broken
 * forms are not for this class: it finds nothing in them.
 */
final class PlainDate {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int SECONDS_OF_DAY = 24 * 60 * 60;
    private static final int LONGEST = 80;

    private final String text;
    private int at;
    private boolean good;

    private PlainDate(String text) {
        this.text = text;
        this.good = text.length() <= LONGEST;
    }

    static Optional<Instant> parse(String text) {
        return new PlainDate(text).parse();
    }

    private Optional<Instant> parse() {
        dayOfWeek();
        int day = number(1, 2, 31);
        expect(' ');
        int month = month();
        expect(' ');
        int year = number(4, 4, 9999);
        expect(' ');
        int seconds = number(2, 2, 23) * 3600;
        expect(':');
        seconds += number(2, 2, 59) * 60;
        if (charAt(at) == ':') {
            at++;
            seconds += number(2, 2, 59);
        }
        expect(' ');
        int offset = zone();
        end();
        return good && year >= 1900 ? instant(year, month, day, seconds - offset) : Optional.empty();
    }

    private static Optional<Instant> instant(int year, int month, int day, long seconds) {
        try {
            return Optional.of(
                    Instant.ofEpochSecond(LocalDate.of(year, month, day).toEpochDay() * SECONDS_OF_DAY + seconds));
        } catch (DateTimeException e) { // as 31 Feb, which the general parser carries over
            return Optional.empty();
        }
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private void expect(char c) {
        good &= charAt(at) == c;
        at++;
    }

    /** Nobody checks that it is the right one. */
    private void dayOfWeek() {
        if (charAt(3) == ',' && charAt(4) == ' ' && "MonTueWedThuFriSatSun".indexOf(text.substring(0, 3)) % 3 == 0) {
            at = 5;
        }
    }

    private int number(int fewest, int most, int highest) {
        int start = at;
        int number = 0;
        while (at - start < most && charAt(at) >= '0' && charAt(at) <= '9') {
            number = number * 10 + charAt(at) - '0';
            at++;
        }
        good &= at - start >= fewest && number <= highest;
        return number;
    }

    private int month() {
        int place = at + 3 <= text.length() ? MONTHS.indexOf(text.substring(at, at + 3)) : -1;
        good &= place >= 0 && place % 3 == 0;
        at += 3;
        return place / 3 + 1;
    }

    /** Seconds east of Greenwich. */
    private int zone() {
        if (text.startsWith("GMT", at)) {
            at += 3;
            return 0;
        }
        boolean west = charAt(at) == '-';
        good &= west || charAt(at) == '+';
        at++;
        int seconds = number(2, 2, 14) * 3600 + number(2, 2, 59) * 60;
        return west ? -seconds : seconds;
    }

    private void end() {
        boolean comment = text.startsWith(" (", at)
                && text.indexOf(')', at) == text.length() - 1
                && text.indexOf('(', at + 2) < 0;
        good &= at == text.length() || comment;
    }
}
