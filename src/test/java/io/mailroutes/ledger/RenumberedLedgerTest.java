package io.mailroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.ledger.FolderLedger.Opening;
import io.mailroutes.message.Fingerprint;
import io.mailroutes.message.UidSet;
import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.Store;
import io.mailroutes.testing.Traces;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a ledger keeps when the folder gets other numbers. */
class RenumberedLedgerTest {
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
        return reopened(7);
    }

    private FolderLedger reopened(long uidValidity) {
        store.close();
        store = Store.open(data, "", CLOCK);
        FolderLedger ledger = new Ledger(store, CLOCK).folder("support", "INBOX");
        assertThat(ledger.open(uidValidity)).isEqualTo(Opening.KNOWN);
        return ledger;
    }

    private static UidSet uids(long... uids) {
        return UidSet.of(LongStream.of(uids).boxed().toList());
    }

    @Test
    void anotherNumberingIsNoticedAndNothingIsForgotten() {
        inbox.delivered(Traces.all(2L));
        assertThat(inbox.open(8)).isEqualTo(Opening.RENUMBERED);
        assertThatThrownBy(inbox::settled).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(inbox::waiting).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(inbox::unacknowledgedDelivered).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(inbox::unacknowledgedQuarantined).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> inbox.begin(8, UidSet.EMPTY, 1)).isInstanceOf(IllegalStateException.class);
        inbox.delivered(Traces.all(3L));
        assertThat(inbox.open(7)).isEqualTo(Opening.KNOWN);
        assertThat(inbox.settled()).isEqualTo(uids(2, 3));
        assertThat(reopened().settled()).isEqualTo(uids(2, 3));
    }

    @Test
    void aRestartKnowsOnlyTheNewNumbering() {
        inbox.delivered(Traces.all(2L));
        inbox.failed(Traces.of(4), "java.io.IOException", "no", NOW);
        inbox.open(8);
        FolderLedger late = new Ledger(store, CLOCK).folder("support", "INBOX");
        late.open(7);
        inbox.restart(8, new Renumbering(Map.of(1L, 2L), false, UidSet.EMPTY, 10));
        assertThat(inbox.settled()).isEqualTo(uids(1));
        assertThat(inbox.waiting()).isEmpty();
        assertThatThrownBy(() -> late.delivered(Traces.all(9L))).isInstanceOf(PermanentStoreException.class);
        assertThat(inbox.open(8)).isEqualTo(Opening.KNOWN);
        assertThat(inbox.open(7)).isEqualTo(Opening.RENUMBERED);
    }

    @Test
    void aMailThatIsKnownAgainIsAsFarAsItWas() {
        inbox.delivered(Traces.all(1L, 2L));
        inbox.acknowledged(uids(1));
        inbox.failed(Traces.of(3), "java.io.IOException", "no", NOW);
        inbox.quarantined(Traces.of(4));
        inbox.open(8);
        Memories memories = inbox.memories();
        assertThat(memories.last()).isEqualTo(Traces.of(4).internalDate());
        assertThat(memories.oldest()).isEqualTo(Traces.of(1).internalDate());
        Map<Long, Long> same = new HashMap<>();
        for (long before = 1; before <= 4; before++) {
            same.put(
                    10 + before, memories.take(new Fingerprint(before, -before)).orElseThrow());
            assertThat(memories.take(new Fingerprint(before, -before)))
                    .as("each once")
                    .isEmpty();
        }
        inbox.restart(8, new Renumbering(same, false, uids(5), 20));
        for (FolderLedger ledger : List.of(inbox, reopened(8))) {
            assertThat(ledger.settled()).isEqualTo(uids(5, 11, 12, 14));
            assertThat(ledger.unacknowledgedDelivered()).isEqualTo(uids(12));
            assertThat(ledger.unacknowledgedQuarantined()).isEqualTo(uids(14));
            assertThat(ledger.waiting()).containsExactly(new Attempt(13, 1, NOW));
            assertThat(ledger.held()).isEqualTo(uids(5));
            assertThat(ledger.backlogUntil()).isEqualTo(20);
        }
        FolderLedger again = reopened(8);
        again.open(9);
        assertThat(again.memories().take(new Fingerprint(2, -2)))
                .as("twice renumbered")
                .contains(12L);
    }

    @Test
    void whereTheFlagAloneDecidesAKnownMailIsToldAgain() {
        inbox.delivered(Traces.all(1L));
        inbox.acknowledged(uids(1));
        inbox.open(8);
        inbox.restart(8, new Renumbering(Map.of(11L, 1L), true, UidSet.EMPTY, 20));
        assertThat(inbox.unacknowledgedDelivered()).isEqualTo(uids(11));
    }

    @Test
    void heldMailsAreNotToBeDeliveredUntilTheyAreReleased() {
        inbox.open(8);
        inbox.restart(8, new Renumbering(Map.of(), false, uids(1, 2, 3), 4));
        assertThat(inbox.settled()).isEqualTo(uids(1, 2, 3));
        assertThat(new Ledger(store, CLOCK).held("support")).isEqualTo(Map.of("INBOX", uids(1, 2, 3)));
        inbox.release(uids(2));
        for (FolderLedger ledger : List.of(inbox, reopened(8))) {
            assertThat(ledger.settled()).isEqualTo(uids(2));
            assertThat(ledger.held().isEmpty()).isTrue();
        }
    }

    @Test
    void aFolderOfWhichNothingWasDeliveredCountsFromItsBegin() {
        assertThat(inbox.memories().last()).isEqualTo(NOW);
    }

    @Test
    void aFolderThatWasNotRenumberedIsNotRestarted() {
        inbox.delivered(Traces.all(2L));
        assertThatThrownBy(() -> inbox.restart(8, new Renumbering(Map.of(), false, UidSet.EMPTY, 1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(reopened().settled()).isEqualTo(uids(2));
    }
}
