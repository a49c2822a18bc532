package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxOptionsTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void theDefaultsAreThoseOfTheContract() {
        assertThat(options("mailbox:box"))
                .isEqualTo(new MailboxOptions(
                        "box",
                        List.of("INBOX"),
                        Select.NEW,
                        new OnDelivered(OnDelivered.Action.SEEN, Optional.empty()),
                        true,
                        Duration.ofMinutes(1),
                        0,
                        16 << 20,
                        1,
                        5,
                        0,
                        Optional.empty()));
    }

    @Test
    void everyOptionIsTaken() {
        assertThat(options("mailbox:box?folderName=A|B&select=Unseen&onDelivered=move: Done &idle=false&delay=5s"
                        + "&maxMessagesPerPoll=7&prefetchSize=8&concurrency=9&maximumAttempts=10"
                        + "&maxMessageSize=11&searchTerm=RAW(FROM \"a@\" NOT SUBJECT x)"))
                .isEqualTo(new MailboxOptions(
                        "box",
                        List.of("A", "B"),
                        Select.UNSEEN,
                        new OnDelivered(OnDelivered.Action.MOVE, Optional.of("Done")),
                        false,
                        Duration.ofSeconds(5),
                        7,
                        8,
                        9,
                        10,
                        11,
                        Optional.of(new SearchTerm("FROM \"a@\" NOT SUBJECT x"))));
    }

    @Test
    void anAmpersandInAFolderNameIsWrittenAsRaw() {
        assertThat(options("mailbox:box?folderName=RAW(A & B)&onDelivered=RAW(move:C & D)"))
                .returns(List.of("A & B"), MailboxOptions::folders)
                .returns(new OnDelivered(OnDelivered.Action.MOVE, Optional.of("C & D")), MailboxOptions::onDelivered);
    }

    @Test
    void inboxIsOneFolderInAnyCaseAndOthersAreNot() {
        assertThat(options("mailbox:box?folderName=inbox|INBOX| Inbox |Work|work||")
                        .folders())
                .containsExactly("INBOX", "Work", "work");
    }

    @Test
    void onlyWithOnDeliveredNoneIsTheFolderOpenedForReading() {
        assertThat(options("mailbox:box?onDelivered=none").readOnly()).isTrue();
        assertThat(options("mailbox:box?onDelivered=move:X").readOnly()).isFalse();
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(
                        () -> options(
                                "mailbox:box?select=newest&onDelivered=gone&delay=0&maxMessagesPerPoll=-1"
                                        + "&prefetchSize=0&concurrency=0&maximumAttempts=0&folderName=|&maxMessageSize=-1&searchTerm=("))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "mailbox:box",
                        "select=newest is not known",
                        "onDelivered=gone is not known",
                        "delay=0",
                        "maxMessagesPerPoll=-1",
                        "prefetchSize=0",
                        "concurrency=0",
                        "maximumAttempts=0",
                        "folderName is empty",
                        "maxMessageSize=-1",
                        "searchTerm=( has a parenthesis without its second");
    }

    @Test
    void whatWouldDeliverWithoutEndIsRefused() {
        assertThatThrownBy(() -> options("mailbox:box?select=unseen&onDelivered=none"))
                .hasMessageContaining("at every poll");
        assertThatThrownBy(() -> options("mailbox:box?onDelivered=move:inbox")).hasMessageContaining("again and again");
        assertThatThrownBy(() -> options("mailbox:box?folderName=A|B&onDelivered=move:B"))
                .hasMessageContaining("again and again");
    }

    @Test
    void aSpecialUseThatNoStandardKnowsIsRefusedWithThoseThatItKnows() {
        for (String option : List.of("folderName=special-use:Everything", "onDelivered=move:special-use:Everything")) {
            assertThatThrownBy(() -> options("mailbox:box?" + option))
                    .hasMessageContaining("special-use:Everything is not known")
                    .hasMessageContaining("All, Archive, Drafts");
        }
        assertThat(options("mailbox:box?folderName=special-use:all").folders()).containsExactly("special-use:All");
    }

    @Test
    void anUnknownOptionIsRefusedWithASuggestion() {
        assertThatThrownBy(() -> options("mailbox:box?folderNam=A&xyzzy=1"))
                .hasStackTraceContaining("unknown option 'folderNam'; did you mean 'folderName'?")
                .hasStackTraceContaining("unknown option 'xyzzy'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "move:", "move: ", "Move:X", "keep", "seen,delete"})
    void whatOnDeliveredDoesNotKnowIsRefusedWithWhatItKnows(String text) {
        assertThatThrownBy(() -> OnDelivered.parse(text)).hasMessageContaining("use seen, none, delete or move:FOLDER");
    }

    @Test
    void aMailboxCannotBeSentTo() {
        assertThatThrownBy(() -> endpoint("mailbox:box").createProducer()).hasMessageContaining("put it in from:");
    }

    private MailboxEndpoint endpoint(String uri) {
        return context.getEndpoint(uri, MailboxEndpoint.class);
    }

    private MailboxOptions options(String uri) {
        return endpoint(uri).options();
    }
}
