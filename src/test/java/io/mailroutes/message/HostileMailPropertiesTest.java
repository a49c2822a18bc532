package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a mail is, it has a JSON form that the schema allows, soon, and its raw bytes stay as they are. */
class HostileMailPropertiesTest {
    @Provide
    Arbitrary<byte[]> mails() {
        return HostileMails.mails();
    }

    @Property(tries = 4000, edgeCases = EdgeCasesMode.NONE)
    void everyMailHasAValidJsonForm(@ForAll("mails") byte[] raw) throws IOException {
        byte[] given = raw.clone();
        JsonNode json = Schema.valid(Measured.json(new MemoryContent(raw), "a hostile mail"), "a hostile mail");
        assertThat(raw).isEqualTo(given);
        assertThat(json.path("size").asInt()).isEqualTo(raw.length);
        assertThat(json.path("sha256").asText()).isEqualTo(Sha256.hex(new MemoryContent(given)));
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void everyAttachmentFitsIntoIt(@ForAll("mails") byte[] raw) throws IOException {
        Mail mail = Measured.mail(new MemoryContent(raw));
        byte[] json = MailJson.of(mail, (number, attachment) -> AttachmentBytes.Whole.INSTANCE);
        for (JsonNode attachment : Schema.valid(json, "a hostile mail").path("attachments")) {
            assertThat(attachment.path("base64").binaryValue())
                    .hasSize(attachment.path("size").asInt());
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void noMailVouchesForItself(@ForAll("mails") byte[] raw) {
        Mail mail = Mails.mail(raw);
        assertThat(mail.senderTrust()).isEqualTo(SenderTrust.UNKNOWN);
        assertThat(mail.facts()).isNotNull();
        assertThat(mail.calendar()).isNotNull();
    }

    /** A generator that never reaches a parser would prove nothing about it. */
    @Example
    void theGeneratorReachesEveryParser() {
        Map<String, Integer> reached = new TreeMap<>();
        HostileMails.mails().sampleStream().limit(4000).forEach(raw -> {
            Mail mail = Measured.mail(new MemoryContent(raw));
            count(reached, "parse error", mail.parseError().isPresent());
            count(
                    reached,
                    "charset",
                    mail.parseError()
                            .filter(note -> note.contains("were replaced"))
                            .isPresent());
            count(reached, "text from HTML", mail.isTextFromHtml());
            count(
                    reached,
                    "nested part",
                    mail.attachments().stream().anyMatch(part -> part.path().length() > 4));
            count(reached, "calendar", !mail.calendar().isEmpty());
            count(
                    reached,
                    "recipient",
                    mail.facts()
                            .deliveryReport()
                            .filter(r -> !r.recipients().isEmpty())
                            .isPresent());
            count(reached, "receipt", mail.facts().disposition().isPresent());
            count(reached, "list", mail.facts().list().isPresent());
            count(reached, "trust", mail.senderTrust().verdict() != SenderTrust.Verdict.UNKNOWN);
            count(reached, "long", raw.length > 20_000);
        });
        assertThat(reached).hasSize(10);
        assertThat(reached)
                .allSatisfy((parser, times) -> assertThat(times).as(parser).isGreaterThan(5));
    }

    private static void count(Map<String, Integer> reached, String parser, boolean is) {
        if (is) {
            reached.merge(parser, 1, Integer::sum);
        }
    }
}
