package io.mailroutes.message;

import io.mailroutes.message.CalendarEvent.Person;
import io.mailroutes.message.CalendarEvent.Time;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the events of one calendar (RFC 5545), in one pass and never failing; what is no event is passed by. */
final class CalendarReader {
    /** An object of one event has a few kilobytes. */
    static final int LONGEST = 256 * 1024;

    private static final int MOST_EVENTS = 50;
    private static final int MOST_ATTENDEES = 200;
    private static final int LONGEST_LINE = 8 * 1024;
    private static final int DEEPEST = 20;

    private final String path;
    private final List<CalendarEvent> events = new ArrayList<>();
    private final Deque<String> components = new ArrayDeque<>();
    private final Map<String, ContentLine> event = new HashMap<>();
    private final List<Person> attendees = new ArrayList<>();
    private Optional<String> method = Optional.empty();

    private CalendarReader(String path) {
        this.path = path;
    }

    static List<CalendarEvent> read(String text, String path) {
        CalendarReader reader = new CalendarReader(path);
        StringBuilder line = new StringBuilder();
        for (int at = 0; at < text.length() && reader.events.size() < MOST_EVENTS; ) {
            int end = text.indexOf('\n', at);
            int next = end < 0 ? text.length() : end + 1;
            boolean folded = text.charAt(at) == ' ' || text.charAt(at) == '\t';
            if (!folded) {
                reader.take(line.toString());
                line.setLength(0);
            }
            int from = folded ? at + 1 : at;
            line.append(text, from, Math.min(end < 0 ? next : end, from + Math.max(0, LONGEST_LINE - line.length())));
            at = next;
        }
        if (reader.events.size() < MOST_EVENTS) {
            reader.take(line.toString());
        }
        return reader.events;
    }

    private void take(String text) {
        ContentLine.parse(text).ifPresent(line -> {
            switch (line.name()) {
                case "BEGIN" -> begin(component(line));
                case "END" -> end(component(line));
                default -> property(line);
            }
        });
    }

    private static String component(ContentLine line) {
        return CleanText.cut(line.value().strip(), 40).toUpperCase(Locale.ROOT);
    }

    private void begin(String component) {
        if (components.size() < DEEPEST) {
            components.push(component);
        }
        if (isInEvent()) {
            event.clear();
            attendees.clear();
        }
    }

    /** Also closes what was left open inside it. */
    private void end(String component) {
        if (!components.contains(component)) {
            return;
        }
        while (!component.equals(components.peek())) {
            components.pop();
        }
        if (isInEvent()) {
            events.add(event());
        }
        components.pop();
    }

    /** Not in what an event holds, as an alarm, which has a summary of its own. */
    private boolean isInEvent() {
        return "VEVENT".equals(components.peek());
    }

    private void property(ContentLine line) {
        if (isInEvent() && line.name().equals("ATTENDEE") && attendees.size() < MOST_ATTENDEES) {
            person(line).ifPresent(attendees::add);
        } else if (isInEvent()) {
            event.putIfAbsent(line.name(), line);
        } else if (line.name().equals("METHOD") && components.size() == 1 && method.isEmpty()) {
            method = line.text().map(text -> text.toLowerCase(Locale.ROOT));
        }
    }

    private CalendarEvent event() {
        Optional<Time> start = line("DTSTART").flatMap(CalendarTime::read);
        Optional<Time> end = line("DTEND")
                .flatMap(CalendarTime::read)
                .or(() -> start.flatMap(
                        time -> line("DURATION").flatMap(duration -> CalendarTime.after(time, duration.value()))));
        return new CalendarEvent(
                path,
                method,
                text("UID"),
                text("SEQUENCE").filter(digits -> digits.matches("[0-9]{1,9}")).map(Integer::valueOf),
                text("SUMMARY"),
                text("LOCATION"),
                start,
                end,
                text("RRULE"),
                line("ORGANIZER").flatMap(CalendarReader::person),
                attendees,
                text("STATUS").map(word -> word.toLowerCase(Locale.ROOT)));
    }

    private Optional<ContentLine> line(String name) {
        return Optional.ofNullable(event.get(name));
    }

    private Optional<String> text(String name) {
        return line(name).flatMap(ContentLine::text);
    }

    private static Optional<Person> person(ContentLine line) {
        String value = CleanText.line(CleanText.cut(line.value(), 2 * CleanText.LONGEST));
        boolean mail = value.regionMatches(true, 0, "mailto:", 0, 7);
        String address = mail ? value.substring(7).strip() : value;
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(new Person(
                        line.parameter("CN").map(CleanText::line).filter(name -> !name.isEmpty()),
                        address,
                        line.parameter("PARTSTAT")
                                .map(word -> CleanText.line(word).toLowerCase(Locale.ROOT))
                                .filter(word -> !word.isEmpty())));
    }
}
