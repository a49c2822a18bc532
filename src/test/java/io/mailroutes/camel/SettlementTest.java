package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.deadletter.DeadLetters;
import io.mailroutes.ledger.Attempt;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.ledger.Ledger;
import io.mailroutes.message.Mail;
import io.mailroutes.message.UidSet;
import io.mailroutes.store.Store;
import io.mailroutes.store.StoreException;
import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.Traces;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementTest {
    private static final Throwable BAD_MAIL = new IllegalArgumentException("no number");
    private static final Throwable SINK_DOWN = new ConnectException("refused");
    private static final Throwable NO_ANSWER = new SocketTimeoutException("no answer");

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private final MailboxStatus status = new MailboxStatus(clock, "box", "INBOX", "r");
    private Store store;
    private FolderLedger ledger;
    private Settlement settlement;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("data"), "", clock);
        ledger = new Ledger(store, clock).folder("box", "INBOX");
        ledger.open(1);
        ledger.begin(1, UidSet.EMPTY, 1);
        DeadLetters letters = new DeadLetters(directory.resolve("letters"), clock);
        settlement = new Settlement(ledger, letters, status, "r", 2, AttemptPolicy.CONTINUOUS, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aDeliveredMailIsWrittenDown() {
        settlement.settle(List.of(delivered(1), delivered(2)));
        assertThat(ledger.unacknowledgedDelivered()).isEqualTo(UidSet.range(1, 2));
        assertThat(status.snapshot().delivered()).isEqualTo(2);
    }

    @Test
    void aFailureIsAnAttemptAndTheMailWaits() {
        settlement.settle(List.of(failed(1, BAD_MAIL)));
        assertThat(ledger.waiting())
                .containsExactly(new Attempt(1, 1, clock.instant().plus(Duration.ofSeconds(5))));
        assertThat(ledger.settled().isEmpty()).isTrue();
    }

    @Test
    void theLastAttemptGoesToTheDeadLettersAndTheOthersOfTheSettlementAreWrittenDown() {
        settlement.settle(List.of(failed(1, BAD_MAIL)));
        settlement.settle(List.of(failed(1, BAD_MAIL), delivered(2)));
        assertThat(directory.resolve("letters/box/INBOX~1-1/message.eml")).hasBinaryContent(MailboxHost.mail("1"));
        assertThat(ledger.unacknowledgedQuarantined()).isEqualTo(UidSet.range(1, 1));
        assertThat(ledger.unacknowledgedDelivered()).isEqualTo(UidSet.range(2, 2));
    }

    @Test
    void aDeadLetterThatCannotBeKeptLeavesTheMailWaitingWhereItIs() throws Exception {
        Files.writeString(directory.resolve("letters"), "a file where a directory should be");
        settlement.settle(List.of(failed(1, BAD_MAIL)));
        assertThatThrownBy(() -> settlement.settle(List.of(failed(1, BAD_MAIL), delivered(2))))
                .isInstanceOf(StoreException.class);
        assertThat(ledger.unacknowledgedQuarantined().isEmpty()).isTrue();
        assertThat(ledger.waiting()).hasSize(1);
        assertThat(ledger.unacknowledgedDelivered()).isEqualTo(UidSet.range(2, 2));
        assertThat(status.snapshot().deadLettered()).isZero();
    }

    @Test
    void whatCannotBeWrittenDownIsNotDelivered() {
        store.close();
        assertThatThrownBy(() -> settlement.settle(List.of(delivered(1)))).isInstanceOf(StoreException.class);
        assertThat(ledger.settled().isEmpty()).isTrue();
        assertThat(status.snapshot().delivered()).isZero();
    }

    @Test
    void aFailureOfTheSinkIsNoAttempt() {
        for (int i = 0; i < 10; i++) {
            settlement.settle(List.of(failed(1, SINK_DOWN)));
            assertThat(settlement.takeSinkFailure()).contains(SINK_DOWN);
        }
        assertThat(ledger.waiting()).isEmpty();
        assertThat(settlement.hasSuspects()).isTrue();
    }

    @Test
    void aFailureOfTheSinkIsTakenOnceAndForgottenWhenTheSinkWorks() {
        settlement.settle(List.of(failed(1, SINK_DOWN)));
        assertThat(settlement.isSinkDown()).isTrue();
        settlement.settle(List.of(delivered(2)));
        assertThat(settlement.isSinkDown()).isFalse();
        assertThat(settlement.takeSinkFailure()).isEmpty();
        assertThat(settlement.hasSuspects()).isFalse();
    }

    @Test
    void aMailThatMakesTheSinkFailAgainAfterItTookAnotherPaysForIt() {
        settlement.settle(List.of(failed(1, NO_ANSWER)));
        settlement.settle(List.of(delivered(2)));
        settlement.settle(List.of(failed(1, NO_ANSWER)));
        assertThat(ledger.waiting()).extracting(Attempt::uid).containsExactly(1L);
        settlement.settle(List.of(failed(1, NO_ANSWER)));
        assertThat(ledger.waiting())
                .as("one proof convicts once")
                .extracting(Attempt::attempts)
                .containsExactly(1);
    }

    @Test
    void whatNoMailCanCauseConvictsNobody() {
        for (int i = 0; i < 5; i++) {
            settlement.settle(List.of(failed(1, new IllegalStateException("Queue full"))));
            settlement.settle(List.of(delivered(2 + i)));
        }
        assertThat(ledger.waiting()).isEmpty();
    }

    @Test
    void aSinkThatIsAwayIsNeverAMailsDoing() {
        for (int i = 0; i < 10; i++) {
            settlement.settle(List.of(failed(1, SINK_DOWN)));
            settlement.settle(List.of(delivered(100 + i)));
        }
        assertThat(ledger.waiting()).isEmpty();
    }

    @Test
    void aSuspectThatIsDeliveredIsConvictedOfNothing() {
        settlement.settle(List.of(failed(1, SINK_DOWN), failed(2, SINK_DOWN)));
        settlement.settle(List.of(delivered(1)));
        settlement.settle(List.of(delivered(2)));
        settlement.settle(List.of(failed(3, SINK_DOWN)));
        assertThat(ledger.waiting()).isEmpty();
    }

    @Test
    void whileTheSinkIsDownOneMailAtATimeIsTriedAndEachInItsTurn() {
        UidSet wanted = UidSet.range(1, 3);
        assertThat(settlement.choose(wanted, UidSet.EMPTY)).isEqualTo(wanted);
        List<Long> tried = LongStream.range(0, 6)
                .map(i -> {
                    settlement.settle(List.of(failed(i == 0 ? 1 : chosen(wanted), SINK_DOWN)));
                    return chosen(wanted);
                })
                .boxed()
                .toList();
        assertThat(tried).containsExactly(2L, 3L, 1L, 2L, 3L, 1L);
    }

    @Test
    void whileTheProbeIsInTheRouteNothingElseIsTried() {
        settlement.settle(List.of(failed(1, SINK_DOWN)));
        assertThat(settlement.choose(UidSet.range(1, 3), UidSet.EMPTY)).isEqualTo(UidSet.range(2, 2));
        assertThat(settlement
                        .choose(UidSet.of(List.of(1L, 3L)), UidSet.range(2, 2))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aSuspectThatOthersRemovedIsForgotten() {
        settlement.settle(List.of(failed(1, SINK_DOWN)));
        assertThat(settlement.choose(UidSet.range(2, 3), UidSet.EMPTY)).isEqualTo(UidSet.range(2, 3));
        assertThat(settlement.hasSuspects()).isFalse();
    }

    private long chosen(UidSet wanted) {
        return settlement.choose(wanted, UidSet.EMPTY).stream().findFirst().orElseThrow();
    }

    private static Outcome delivered(long uid) {
        return new Outcome.Delivered(mail(uid).key(), Traces.of(uid));
    }

    private static Outcome failed(long uid, Throwable cause) {
        return new Outcome.Failed(mail(uid), cause);
    }

    private static Mail mail(long uid) {
        return TestMails.of(uid, MailboxHost.mail(Long.toString(uid)));
    }
}
