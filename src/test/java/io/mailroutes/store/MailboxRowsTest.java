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
        rows.start("support", "INBOX", 7, List.of(), NOW);
        assertThat(rows.load("support", "inbox")).isEmpty();
        assertThat(rows.load("Support", "INBOX")).isEmpty();
        assertThat(rows.load("support", "INBOX")).isPresent();
    }

    @Test
    void neighboursBecomeOneRange() {
        Mailbox mailbox = rows.start("support", "INBOX", 7, List.of(new UidRange(1, 3), new UidRange(10, 12)), NOW);
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
        Mailbox mailbox = rows.start("support", "INBOX", 7, List.of(new UidRange(1, 9), new UidRange(12, 14)), NOW);
        rows.reopen(mailbox, List.of(new UidRange(4, 5)));
        assertThat(done()).containsExactly(new UidRange(1, 3), new UidRange(6, 9), new UidRange(12, 14));
        rows.reopen(mailbox, List.of(new UidRange(9, 12), new UidRange(20, 30)));
        assertThat(done()).containsExactly(new UidRange(1, 3), new UidRange(6, 8), new UidRange(13, 14));
        rows.reopen(mailbox, List.of(new UidRange(1, 14)));
        assertThat(done()).isEmpty();
    }

    @Test
    void everyFieldOfAMailComesBack() {
        Mailbox mailbox = rows.start("support", "INBOX", 7, List.of(), NOW);
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
        rows.put(mailbox, mails);
        assertThat(mails()).isEqualTo(mails);
    }

    @Test
    void aSettledMailIsNotTakenBackByOneWhoDoesNotKnow() {
        Mailbox mailbox = rows.start("support", "INBOX", 7, List.of(new UidRange(1, 5)), NOW);
        rows.put(mailbox, List.of(row(6, MailState.DELIVERED), row(7, MailState.QUARANTINED)));
        rows.put(
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
        Mailbox old = rows.start("support", "INBOX", 7, List.of(new UidRange(1, 5)), NOW);
        rows.put(old, List.of(row(6, MailState.DELIVERED)));
        Mailbox fresh = rows.start("support", "INBOX", 8, List.of(new UidRange(2, 2)), NOW);
        assertThat(done()).containsExactly(new UidRange(2, 2));
        assertThat(mails()).isEmpty();
        assertThatThrownBy(() -> rows.put(old, List.of(row(9, MailState.DELIVERED))))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("folder INBOX of account support was begun anew under UIDVALIDITY 8");
        assertThatThrownBy(() -> rows.settle(old, List.of(new UidRange(9, 9))))
                .isInstanceOf(PermanentStoreException.class);
        assertThat(done()).containsExactly(new UidRange(2, 2));
        rows.put(fresh, List.of(row(9, MailState.DELIVERED)));
        assertThat(mails()).containsExactly(row(9, MailState.DELIVERED));
    }

    @Test
    void aChangeThatFailsInTheMiddleChangesNothing() {
        Mailbox mailbox = rows.start("support", "INBOX", 7, List.of(), NOW);
        rows.put(mailbox, List.of(row(1, MailState.DELIVERED)));
        assertThatThrownBy(() -> rows.settle(mailbox, List.of(new UidRange(1, 1), new UidRange(5, 4))))
                .isInstanceOf(PermanentStoreException.class);
        assertThat(done()).isEmpty();
        assertThat(mails()).containsExactly(row(1, MailState.DELIVERED));
    }

    @Test
    void twoProcessesLoseNothingOfEachOther() throws Exception {
        Mailbox shared = rows.start("support", "INBOX", 7, List.of(), NOW);
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

    private static void settleEverySecond(MailboxRows rows, Mailbox shared, String account, int first, int count) {
        Mailbox own = rows.start(account, "INBOX", 1, List.of(), NOW);
        for (int i = 0; i < count; i++) {
            long uid = first + 2L * i;
            rows.put(shared, List.of(row(uid, MailState.DELIVERED)));
            rows.put(own, List.of(row(uid, MailState.WAITING)));
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
