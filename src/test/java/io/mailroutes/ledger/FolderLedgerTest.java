package io.mailroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.ledger.FolderLedger.Opening;
import io.mailroutes.message.UidSet;
import io.mailroutes.store.Store;
import io.mailroutes.store.TransientStoreException;
import io.mailroutes.testing.Traces;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLedgerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    Path data;

    private Store store;
    private FolderLedger inbox;

    @BeforeEach
    void begin() {
        store = Store.open(data, "", CLOCK);
        inbox = new Ledger(store, CLOCK).folder("support", "INBOX");
        assertThat(inbox.open(7)).isEqualTo(Opening.NEW);
        inbox.begin(7, UidSet.EMPTY, 1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** As another process would see it after a crash. */
    private FolderLedger reopened() {
        store.close();
        store = Store.open(data, "", CLOCK);
        FolderLedger ledger = new Ledger(store, CLOCK).folder("support", "INBOX");
        assertThat(ledger.open(7)).isEqualTo(Opening.KNOWN);
        return ledger;
    }

    private static UidSet uids(long... uids) {
        return UidSet.of(LongStream.of(uids).boxed().toList());
    }

    @Test
    void whatIsNotWantedIsSettledFromTheStart() {
        FolderLedger other = new Ledger(store, CLOCK).folder("support", "Archive");
        other.open(3);
        other.begin(3, UidSet.range(1, 1_000_000), 1);
        assertThat(other.settled()).isEqualTo(UidSet.range(1, 1_000_000));
        assertThat(reopened().settled()).isEqualTo(UidSet.EMPTY);
    }

    @Test
    void whatWasDeliveredIsKnownByItsGmailIdAfterACrashAndNothingElse() {
        FolderLedger work = new Ledger(store, CLOCK).folder("support", () -> "Work", true);
        work.open(7);
        work.begin(7, UidSet.EMPTY, 1);
        work.failed(gmail(1, 11), "E", "failed", CLOCK.instant());
        work.quarantined(gmail(2, 12));
        work.delivered(List.of(gmail(3, 13), Traces.of(4)));
        work.delivered(List.of(gmail(3, 14)));
        inbox.delivered(List.of(gmail(5, 15)));
        store.close();
        store = Store.open(data, "", CLOCK);
        assertThat(new Ledger(store, CLOCK)
                        .gmailIds("support", Set.of("INBOX", "Work"), Set.of(11L, 12L, 13L, 14L, 15L)))
                .as("15 is of a ledger that keeps none")
                .containsExactly(13L);
    }

    private static Trace gmail(long uid, long id) {
        return new Trace(uid, Traces.of(uid).internalDate(), Optional.empty(), OptionalLong.of(id));
    }

    @Test
    void aDeliveredMailIsSettledButNotAcknowledged() {
        inbox.delivered(Traces.all(3L, 4L, 9L));
        for (FolderLedger ledger : List.of(inbox, reopened())) {
            assertThat(ledger.settled()).isEqualTo(uids(3, 4, 9));
            assertThat(ledger.unacknowledgedDelivered()).isEqualTo(uids(3, 4, 9));
            assertThat(ledger.unacknowledgedQuarantined()).isEqualTo(UidSet.EMPTY);
        }
    }

    @Test
    void anAcknowledgedMailIsDone() {
        inbox.delivered(Traces.all(3L, 4L));
        inbox.quarantined(Traces.of(5));
        inbox.acknowledged(uids(3, 5));
        for (FolderLedger ledger : List.of(inbox, reopened())) {
            assertThat(ledger.settled()).isEqualTo(uids(3, 4, 5));
            assertThat(ledger.unacknowledgedDelivered()).isEqualTo(uids(4));
            assertThat(ledger.unacknowledgedQuarantined()).isEqualTo(UidSet.EMPTY);
        }
    }

    @Test
    void aMailThatNobodyHasCannotBeAcknowledged() {
        inbox.delivered(Traces.all(1L));
        inbox.failed(Traces.of(2), "java.io.IOException", "no", NOW);
        assertThatThrownBy(() -> inbox.acknowledged(UidSet.range(1, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mails 2:3 of folder INBOX of account support are not delivered");
        for (FolderLedger ledger : List.of(inbox, reopened())) {
            assertThat(ledger.settled()).isEqualTo(uids(1));
            assertThat(ledger.unacknowledgedDelivered()).isEqualTo(uids(1));
        }
    }

    @Test
    void attemptsAreCountedAndNotSettled() {
        Instant later = NOW.plusSeconds(60);
        assertThat(inbox.attempt(5)).isEmpty();
        assertThat(inbox.failed(Traces.of(5), "java.io.IOException", "no", NOW)).isEqualTo(new Attempt(5, 1, NOW));
        assertThat(inbox.failed(Traces.of(5), "java.io.IOException", "no", later.plusNanos(1)))
                .isEqualTo(new Attempt(5, 2, later));
        for (FolderLedger ledger : List.of(inbox, reopened())) {
            assertThat(ledger.settled()).isEqualTo(UidSet.EMPTY);
            assertThat(ledger.attempt(5)).contains(new Attempt(5, 2, later));
            assertThat(ledger.waiting()).containsExactly(new Attempt(5, 2, later));
        }
    }

    @Test
    void aFailedMailThatIsDeliveredAtLastWaitsNoMore() {
        inbox.failed(Traces.of(5), "java.io.IOException", "no", NOW);
        inbox.failed(Traces.of(6), "java.io.IOException", "no", NOW);
        inbox.delivered(Traces.all(5L));
        inbox.quarantined(Traces.of(6));
        for (FolderLedger ledger : List.of(inbox, reopened())) {
            assertThat(ledger.waiting()).isEmpty();
            assertThat(ledger.attempt(5)).isEmpty();
            assertThat(ledger.unacknowledgedDelivered()).isEqualTo(uids(5));
            assertThat(ledger.unacknowledgedQuarantined()).isEqualTo(uids(6));
        }
    }

    @Test
    void aSettledMailCannotFail() {
        inbox.delivered(Traces.all(5L));
        inbox.gone(uids(6));
        for (long uid : new long[] {5, 6}) {
            assertThatThrownBy(() -> inbox.failed(Traces.of(uid), "java.io.IOException", "late", NOW))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has settled mail " + uid);
        }
        assertThat(reopened().waiting()).isEmpty();
    }

    @Test
    void aSettledMailStaysAsItIs() {
        inbox.quarantined(Traces.of(5));
        inbox.delivered(Traces.all(5L));
        inbox.delivered(Traces.all(6L, 6L));
        inbox.quarantined(Traces.of(6));
        for (FolderLedger ledger : List.of(inbox, reopened())) {
            assertThat(ledger.unacknowledgedQuarantined()).isEqualTo(uids(5));
            assertThat(ledger.unacknowledgedDelivered()).isEqualTo(uids(6));
        }
    }

    @Test
    void whatTheServerDoesNotHaveIsDone() {
        inbox.delivered(Traces.all(2L));
        inbox.failed(Traces.of(3), "java.io.IOException", "no", NOW);
        inbox.gone(UidSet.range(1, 10));
        for (FolderLedger ledger : List.of(inbox, reopened())) {
            assertThat(ledger.settled()).isEqualTo(UidSet.range(1, 10));
            assertThat(ledger.waiting()).isEmpty();
            assertThat(ledger.unacknowledgedDelivered()).isEqualTo(UidSet.EMPTY);
        }
    }

    @Test
    void aLongHistoryIsOneRange() {
        for (long uid = 1; uid <= 200; uid++) {
            inbox.delivered(Traces.all(uid));
            inbox.acknowledged(uids(uid));
        }
        assertThat(reopened().settled().ranges()).containsExactly(new UidSet.Range(1, 200));
    }

    @Test
    void nothingIsRecordedBeforeTheFolderHasBegun() {
        FolderLedger fresh = new Ledger(store, CLOCK).folder("support", "Fresh");
        assertThatThrownBy(() -> fresh.begin(7, UidSet.EMPTY, 1)).isInstanceOf(IllegalStateException.class);
        fresh.open(7);
        assertThatThrownBy(fresh::settled).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> fresh.delivered(Traces.all(1L))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> fresh.failed(Traces.of(1), "x", "x", NOW)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> fresh.gone(uids(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("folder Fresh of account support has not begun");
    }

    @Test
    void whatTheDiskDidNotTakeIsNotRemembered() {
        inbox.delivered(Traces.all(1L));
        store.close();
        assertThatThrownBy(() -> inbox.delivered(Traces.all(2L))).isInstanceOf(TransientStoreException.class);
        assertThatThrownBy(() -> inbox.acknowledged(uids(1))).isInstanceOf(TransientStoreException.class);
        assertThatThrownBy(() -> inbox.failed(Traces.of(3), "x", "x", NOW)).isInstanceOf(TransientStoreException.class);
        assertThat(inbox.settled()).isEqualTo(uids(1));
        assertThat(inbox.unacknowledgedDelivered()).isEqualTo(uids(1));
        assertThat(inbox.waiting()).isEmpty();
    }

    @Test
    void nothingToDoCostsNoTransaction() {
        store.close();
        inbox.delivered(Traces.all());
        inbox.acknowledged(UidSet.EMPTY);
        inbox.gone(UidSet.EMPTY);
        assertThat(inbox.settled()).isEqualTo(UidSet.EMPTY);
    }

    @Test
    void anEndlessErrorTextIsCut() {
        inbox.failed(Traces.of(1), "java.io.IOException", "x".repeat(1_000_000), NOW);
        assertThat(reopened().attempt(1)).isPresent();
        assertThat(store.file())
                .satisfies(file -> assertThat(file.toFile().length()).isLessThan(200_000));
    }

    @Test
    void manyThreadsMayReport() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> reports = LongStream.rangeClosed(1, 100)
                    .<Future<?>>mapToObj(uid -> threads.submit(() -> {
                        inbox.failed(Traces.of(uid), "java.io.IOException", "no", NOW);
                        inbox.delivered(Traces.all(uid));
                        inbox.acknowledged(uids(uid));
                    }))
                    .toList();
            for (Future<?> report : reports) {
                report.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(inbox.settled()).isEqualTo(UidSet.range(1, 100));
        assertThat(reopened().settled()).isEqualTo(UidSet.range(1, 100));
    }
}
