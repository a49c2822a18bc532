package io.mailroutes.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is read out of the parts only when somebody asks. */
record MailExtras(MailFacts facts, List<CalendarEvent> calendar, Notes notes) {
    private static final Set<String> CALENDAR = Set.of("text/calendar", "application/ics");
    private static final int MOST_CALENDARS = 5;

    MailExtras {
        calendar = List.copyOf(calendar);
    }

    static MailExtras read(Envelope envelope, List<Attachment> attachments) throws IOException {
        Notes notes = new Notes();
        MailFacts facts = MailFacts.NONE;
        List<CalendarEvent> calendar = List.of();
        try {
            facts = FactsReader.read(envelope, attachments);
            calendar = calendar(attachments, notes);
        } catch (RuntimeException e) { // a mistake of ours costs the facts and not the mail
            notes.add("the facts cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return new MailExtras(facts, calendar, notes);
    }

    /** Many senders write the same calendar twice, in the body and as an attachment: each event is told once. */
    private static List<CalendarEvent> calendar(List<Attachment> attachments, Notes notes) throws IOException {
        List<CalendarEvent> events = new ArrayList<>();
        List<Attachment> parts = attachments.stream()
                .filter(part -> CALENDAR.contains(part.type()))
                .limit(MOST_CALENDARS)
                .toList();
        for (Attachment part : parts) {
            for (CalendarEvent event : CalendarReader.read(text(part, notes), part.path())) {
                if (events.stream().noneMatch(known -> isSame(known, event))) {
                    events.add(event);
                }
            }
        }
        return events;
    }

    private static boolean isSame(CalendarEvent one, CalendarEvent other) {
        return one.uid().isPresent()
                && one.uid().equals(other.uid())
                && one.start().equals(other.start())
                && one.method().equals(other.method());
    }

    private static String text(Attachment part, Notes notes) throws IOException {
        if (!(part.content() instanceof PartContent content)) {
            return "";
        }
        byte[] bytes = content.first(CalendarReader.LONGEST);
        String where = "part " + part.path();
        boolean cut = content.size() > CalendarReader.LONGEST;
        if (cut) {
            notes.add(where + ": the calendar was read up to " + CalendarReader.LONGEST + " bytes");
        }
        return CleanText.wellFormed(MailCharset.decode(bytes, content.charset(), cut, where, notes))
                .replace("\r\n", "\n")
                .replace('\r', '\n');
    }
}
