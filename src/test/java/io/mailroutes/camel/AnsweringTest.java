package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Envelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3834: which mails a machine must not answer, and whom it answers otherwise. */
class AnsweringTest {
    private static final String PERSON = "From: Ann <ann@example.com>\r\nMessage-ID: <1@example.com>\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: auto-generated",
                "Auto-Submitted: AUTO-REPLIED (vacation)",
                "Auto-Submitted: nonsense",
                "Precedence: bulk",
                "Precedence: List",
                "Precedence: junk",
                "List-Id: <users.example.com>",
                "List-Unsubscribe: <mailto:x@example.com>",
                "Return-Path: <>",
                "X-Auto-Response-Suppress: OOF, AutoReply",
                "X-Auto-Response-Suppress: All",
                "X-Autoreply: yes",
                "X-Failed-Recipients: x@example.com",
                "Content-Type: multipart/report; report-type=delivery-status",
                "Reply-To: no-reply@example.com",
                "Reply-To: noreply+x@example.com",
                "Reply-To: Mailer-Daemon@example.com",
                "Reply-To: users-request@example.com",
                "Reply-To: owner-users@example.com"
            })
    void aMachineDoesNotAnswer(String header) {
        assertThat(answering(PERSON + header + "\r\n").objection()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Auto-Submitted: no",
                "Precedence: normal",
                "Return-Path: <ann@example.com>",
                "X-Auto-Response-Suppress: DR",
                "Listing: x",
                "Subject: bulk list",
                "Reply-To: notary@example.com"
            })
    void aMachineAnswersAPerson(String header) {
        assertThat(answering(PERSON + header + "\r\n").objection()).isEmpty();
    }

    @Test
    void aMailFromNobodyIsNotAnswered() {
        Answering answering = answering("Subject: x\r\n");
        assertThat(answering.address()).isEmpty();
        assertThat(answering.objection()).isPresent();
    }

    @Test
    void anAnswerGoesToOneAddressHoweverManyAreNamed() {
        assertThat(answering(PERSON + "Reply-To: Bob <bob@example.com>, c@example.com, d@example.com\r\n")
                        .address())
                .contains("bob@example.com");
        assertThat(answering(PERSON).address()).contains("ann@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b\u00f6b@example.com", "a b@example.com", "@example.com", "bob@", "bob@exa mple.com"})
    void anAddressThatCannotBeSentToIsPassedOver(String address) {
        assertThat(answering(PERSON + "Reply-To: " + address + "\r\n").address())
                .isNotEqualTo(java.util.Optional.of(address));
        Answering nobody = answering("From: " + address + "\r\n");
        assertThat(nobody.address().isEmpty()).isEqualTo(nobody.objection().isPresent());
    }

    @Test
    void anAnswerIsOfTheSameThread() {
        assertThat(answering(PERSON).references()).contains("<1@example.com>");
        assertThat(answering(PERSON + "In-Reply-To: <0@x>\r\n").references()).contains("<0@x> <1@example.com>");
        assertThat(answering(PERSON + "In-Reply-To: <0@x>\r\nReferences: <9@x> <0@x>\r\n")
                        .references())
                .contains("<9@x> <0@x> <1@example.com>");
        assertThat(answering("From: a@b.c\r\n").references()).isEmpty();
    }

    private static Answering answering(String header) {
        Envelope envelope =
                TestMails.of(7, (header + "\r\ntext\r\n").getBytes(UTF_8)).envelope();
        return new Answering(envelope);
    }
}
