package io.mailroutes.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An event of a calendar part (RFC 5545, RFC 5546), as an invitation has it. All texts are cleaned to one line and cut to
 * 998 characters.
 *
 * @param path of the part that it is in
 * @param method what is asked for, lower case: {@code request}, {@code reply}, {@code cancel}, ...
 * @param uid the same in every message on this event
 * @param sequence of the revision; a higher one replaces a lower one
 * @param status lower case: {@code tentative}, {@code confirmed}, {@code cancelled}
 */
public record CalendarEvent(
        String path,
        Optional<String> method,
        Optional<String> uid,
        Optional<Integer> sequence,
        Optional<String> summary,
        Optional<String> location,
        Optional<Time> start,
        Optional<Time> end,
        Optional<String> recurrence,
        Optional<Person> organizer,
        List<Person> attendees,
        Optional<String> status) {
    public CalendarEvent {
        attendees = List.copyOf(attendees);
    }

    /**
     * A date, or a time of day at a date.
     *
     * @param local as {@code 2026-01-02} or {@code 2026-01-02T10:00:00}, in {@code zone}
     * @param zone the name that the sender gave the time zone, {@code UTC} for times in UTC; empty for dates and for
     *     times that mean the place where the reader is
     * @param instant empty for dates, and where the zone is not one of the IANA names
     */
    public record Time(String local, Optional<String> zone, Optional<Instant> instant) {}

    /**
     * The organizer, or somebody who is invited.
     *
     * @param address without {@code mailto:}
     * @param participation lower case: {@code needs-action}, {@code accepted}, {@code declined}, ...
     */
    public record Person(Optional<String> name, String address, Optional<String> participation) {}
}
