package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.store.MailRow.MailError;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxRowsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

    @TempDir
    Path temporary;

    private Store store;
    private MailboxRows rows;

    private Store open() {
        return Store.open(temporary.resolve("data"), "", Clock.systemUTC());
    }

    @BeforeEach
    void begin() {
        store = open();
        rows = new MailboxRows(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aFolderThatNeverBeganIsUnknown() {
        start(rows, "support", 7, List.of());
        assertThat(rows.load("support", "inbox")).isEmpty();
        assertThat(rows.load("Support", "INBOX")).isEmpty();
        assertThat(rows.load("support", "INBOX")).isPresent();
    }

    @Test
    void neighboursBecomeOneRange() {
        Mailbox mailbox = start(rows, "support", 7, List.of(new UidRange(1, 3), new UidRange(10, 12)));
        rows.settle(mailbox, List.of(new UidRange(4, 4)));
        assertThat(done()).containsExactly(new UidRange(1, 4), new UidRange(10, 12));
        rows.settle(mailbox, List.of(new UidRange(6, 6), new UidRange(8, 8)));
        assertThat(done())
                .containsExactly(new UidRange(1, 4), new UidRange(6, 6), new UidRange(8, 8), new UidRange(10, 12));
        rows.settle(mailbox, List.of(new UidRange(5, 9)));
        assertThat(done()).containsExactly(new UidRange(1, 12));
        rows.settle(
                mailbox, List.of(new UidRange(2, 3), new UidRange(14, 20), new UidRange(0xFFFF_FFFFL, 0xFFFF_FFFFL)));
        assertThat(done())
                .containsExactly(new UidRange(1, 12), new UidRange(14, 20), new UidRange(0xFFFF_FFFFL, 0xFFFF_FFFFL));
    }

    @Test
    void aReopenedRangeLeavesWhatIsOnEitherSide() {
        Mailbox mailbox = start(rows, "support", 7, List.of(new UidRange(1, 9), new UidRange(12, 14)));
        rows.reopen(mailbox, List.of(new UidRange(4, 5)));
        assertThat(done()).containsExactly(new UidRange(1, 3), new UidRange(6, 9), new UidRange(12, 14));
        rows.reopen(mailbox, List.of(new UidRange(9, 12), new UidRange(20, 30)));
        assertThat(done()).containsExactly(new UidRange(1, 3), new UidRange(6, 8), new UidRange(13, 14));
        rows.reopen(mailbox, List.of(new UidRange(1, 14)));
        assertThat(done()).isEmpty();
    }

    @Test
    void everyFieldOfAMailComesBack() {
        Mailbox mailbox = start(rows, "support", 7, List.of());
        List<MailRow> mails = List.of(
                row(5, MailState.CLAIMED),
                new MailRow(
                        6,
                        MailState.WAITING,
                        2,
                        Optional.of(NOW.plusMillis(1)),
                        Optional.of(new MailError("java.io.IOException", "größer\u0000")),
                        NOW),
                row(7, MailState.DELIVERED),
                row(8, MailState.QUARANTINED));
        put(rows, mailbox, mails);
        assertThat(mails()).isEqualTo(mails);
    }

    @Test
    void aSettledMailIsNotTakenBackByOneWhoDoesNotKnow() {
        Mailbox mailbox = start(rows, "support", 7, List.of(new UidRange(1, 5)));
        put(rows, mailbox, List.of(row(6, MailState.DELIVERED), row(7, MailState.QUARANTINED)));
        put(
                rows,
                mailbox,
                List.of(
                        row(1, MailState.WAITING),
                        row(5, MailState.DELIVERED),
                        row(6, MailState.WAITING),
                        row(7, MailState.DELIVERED)));
        assertThat(mails()).containsExactly(row(6, MailState.DELIVERED), row(7, MailState.QUARANTINED));
    }

    @Test
    void anotherNumberingForgetsTheMailsAndRefusesLateAnswers() {
        Mailbox old = start(rows, "support", 7, List.of(new UidRange(1, 5)));
        put(rows, old, List.of(row(6, MailState.DELIVERED)));
        Mailbox fresh = start(rows, "support", 8, List.of(new UidRange(2, 2)));
        assertThat(done()).containsExactly(new UidRange(2, 2));
        assertThat(mails()).isEmpty();
        assertThatThrownBy(() -> put(rows, old, List.of(row(9, MailState.DELIVERED))))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("folder INBOX of account support was begun anew under UIDVALIDITY 8");
        assertThatThrownBy(() -> rows.settle(old, List.of(new UidRange(9, 9))))
                .isInstanceOf(PermanentStoreException.class);
        assertThat(done()).containsExactly(new UidRange(2, 2));
        put(rows, fresh, List.of(row(9, MailState.DELIVERED)));
        assertThat(mails()).containsExactly(row(9, MailState.DELIVERED));
    }

    @Test
    void theNewestTracesAreKeptAndThoseOfMailsThatAreNotDone() {
        Mailbox mailbox = start(rows, "support", 7, List.of());
        rows.put(mailbox, List.of(row(1, MailState.WAITING)), List.of(trace(1)), Optional.empty());
        List<TraceRow> many = LongStream.rangeClosed(2, MailboxRows.MOST_TRACES + 5)
                .mapToObj(MailboxRowsTest::trace)
                .toList();
        rows.put(mailbox, List.of(row(2, MailState.DELIVERED)), many, Optional.of(NOW));
        rows.settle(mailbox, List.of(new UidRange(2, 2)));
        rows.put(mailbox, List.of(), List.of(trace(20_000)), Optional.of(NOW.minusSeconds(9)));
        MailboxRows.Traces kept = rows.traces(mailbox);
        assertThat(kept.rows()).hasSize(MailboxRows.MOST_TRACES + 1).contains(trace(1), trace(20_000));
        assertThat(kept.rows()).doesNotContain(trace(2), trace(6)).contains(trace(7));
        assertThat(kept.last()).as("an older date changes nothing").isEqualTo(NOW);
    }

    private static TraceRow trace(long uid) {
        return new TraceRow(uid, uid, -uid, NOW.plusSeconds(uid));
    }

    @Test
    void aChangeThatFailsInTheMiddleChangesNothing() {
        Mailbox mailbox = start(rows, "support", 7, List.of());
        put(rows, mailbox, List.of(row(1, MailState.DELIVERED)));
        assertThatThrownBy(() -> rows.settle(mailbox, List.of(new UidRange(1, 1), new UidRange(5, 4))))
                .isInstanceOf(PermanentStoreException.class);
        assertThat(done()).isEmpty();
        assertThat(mails()).containsExactly(row(1, MailState.DELIVERED));
    }

    @Test
    void twoProcessesLoseNothingOfEachOther() throws Exception {
        Mailbox shared = start(rows, "support", 7, List.of());
        int mails = 150;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Store other = open()) {
            Future<?> odd = threads.submit(() -> settleEverySecond(rows, shared, "odd", 1, mails));
            Future<?> even = threads.submit(() -> settleEverySecond(new MailboxRows(other), shared, "even", 2, mails));
            odd.get();
            even.get();
        } finally {
            threads.shutdownNow();
        }
        assertThat(done()).containsExactly(new UidRange(1, 2L * mails));
        assertThat(mails()).isEmpty();
        for (String account : List.of("odd", "even")) {
            assertThat(rows.load(account, "INBOX").orElseThrow().mails()).hasSize(mails);
        }
    }

    private static Mailbox start(MailboxRows rows, String account, long uidValidity, List<UidRange> done) {
        MailboxRows.Contents contents =
                new MailboxRows.Contents(new Mailbox(0, uidValidity), 1, done, List.of(), List.of());
        return rows.start(account, "INBOX", contents, List.of(), NOW);
    }

    private static void put(MailboxRows rows, Mailbox mailbox, List<MailRow> mails) {
        rows.put(mailbox, mails, List.of(), Optional.empty());
    }

    private static void settleEverySecond(MailboxRows rows, Mailbox shared, String account, int first, int count) {
        Mailbox own = start(rows, account, 1, List.of());
        for (int i = 0; i < count; i++) {
            long uid = first + 2L * i;
            put(rows, shared, List.of(row(uid, MailState.DELIVERED)));
            put(rows, own, List.of(row(uid, MailState.WAITING)));
            rows.settle(shared, List.of(new UidRange(uid, uid)));
        }
    }

    private List<UidRange> done() {
        return rows.load("support", "INBOX").orElseThrow().done();
    }

    private List<MailRow> mails() {
        return rows.load("support", "INBOX").orElseThrow().mails();
    }

    private static MailRow row(long uid, MailState state) {
        return new MailRow(uid, state, 0, Optional.empty(), Optional.empty(), NOW);
    }
}
