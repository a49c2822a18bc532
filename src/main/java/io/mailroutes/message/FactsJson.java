package io.mailroutes.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/** The part of the JSON form that is read out of the mail: calendar, facts and what is known of the sender. */
final class FactsJson {
    private final JsonGenerator json;
    private final JsonFields fields;

    private FactsJson(JsonFields fields) {
        this.json = fields.json();
        this.fields = fields;
    }

    static void write(Mail mail, JsonFields fields) throws IOException {
        FactsJson facts = new FactsJson(fields);
        facts.writeCalendar(mail);
        facts.writeFacts(mail.facts());
        facts.writeTrust(mail.senderTrust());
    }

    private void writeCalendar(Mail mail) throws IOException {
        json.writeArrayFieldStart("calendar");
        for (CalendarEvent event : mail.calendar()) {
            writeEvent(event);
        }
        json.writeEndArray();
    }

    private void writeEvent(CalendarEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", event.path());
        fields.text("method", event.method());
        fields.text("uid", event.uid());
        if (event.sequence().isPresent()) {
            json.writeNumberField("sequence", event.sequence().get());
        }
        fields.text("summary", event.summary());
        fields.text("location", event.location());
        writeTime("start", event.start());
        writeTime("end", event.end());
        fields.text("recurrence", event.recurrence());
        if (event.organizer().isPresent()) {
            json.writeFieldName("organizer");
            writePerson(event.organizer().get());
        }
        json.writeArrayFieldStart("attendees");
        for (CalendarEvent.Person person : event.attendees()) {
            writePerson(person);
        }
        json.writeEndArray();
        fields.text("status", event.status());
        json.writeEndObject();
    }

    private void writeTime(String name, Optional<CalendarEvent.Time> time) throws IOException {
        if (time.isPresent()) {
            json.writeObjectFieldStart(name);
            json.writeStringField("local", time.get().local());
            fields.text("zone", time.get().zone());
            fields.text("instant", time.get().instant().map(Object::toString));
            json.writeEndObject();
        }
    }

    private void writePerson(CalendarEvent.Person person) throws IOException {
        json.writeStartObject();
        fields.text("name", person.name());
        json.writeStringField("address", CleanText.wellFormed(person.address()));
        fields.text("participation", person.participation());
        json.writeEndObject();
    }

    private void writeFacts(MailFacts facts) throws IOException {
        json.writeObjectFieldStart("facts");
        json.writeBooleanField("automatic", facts.isAutomatic());
        fields.text("autoSubmitted", facts.autoSubmitted());
        fields.text("precedence", facts.precedence());
        if (facts.list().isPresent()) {
            MailFacts.MailingList list = facts.list().get();
            json.writeObjectFieldStart("list");
            fields.text("id", list.id());
            fields.texts("unsubscribe", list.unsubscribe());
            json.writeBooleanField("oneClick", list.oneClick());
            json.writeEndObject();
        }
        if (facts.deliveryReport().isPresent()) {
            writeReport(facts.deliveryReport().get());
        }
        if (facts.disposition().isPresent()) {
            MailFacts.Disposition disposition = facts.disposition().get();
            json.writeObjectFieldStart("dispositionNotification");
            fields.text("finalRecipient", disposition.finalRecipient());
            fields.text("originalMessageId", disposition.originalMessageId());
            fields.text("disposition", disposition.disposition());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeReport(MailFacts.DeliveryReport report) throws IOException {
        json.writeObjectFieldStart("deliveryReport");
        fields.text("reportingMta", report.reportingMta());
        fields.text("originalEnvelopeId", report.originalEnvelopeId());
        fields.text("originalMessageId", report.originalMessageId());
        json.writeArrayFieldStart("recipients");
        for (MailFacts.Recipient recipient : report.recipients()) {
            json.writeStartObject();
            fields.text("finalRecipient", recipient.finalRecipient());
            fields.text("originalRecipient", recipient.originalRecipient());
            fields.text("action", recipient.action());
            fields.text("status", recipient.status());
            fields.text("diagnosticCode", recipient.diagnosticCode());
            fields.text("remoteMta", recipient.remoteMta());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeTrust(SenderTrust trust) throws IOException {
        json.writeObjectFieldStart("senderTrust");
        json.writeStringField("verdict", trust.verdict().text());
        fields.text("server", trust.server());
        fields.text("domain", trust.domain());
        json.writeStringField("spf", trust.spf().text());
        json.writeStringField("dkim", trust.dkim().text());
        json.writeStringField("dmarc", trust.dmarc().text());
        json.writeArrayFieldStart("checks");
        for (SenderTrust.Check check : trust.checks()) {
            json.writeStartObject();
            json.writeStringField("method", check.method());
            json.writeStringField("result", check.outcome().text());
            fields.text("domain", check.domain());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
