package io.mailroutes.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.ledger.FolderLedger.Opening;
import io.mailroutes.message.UidSet;
import io.mailroutes.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerModelTest {
    private static final int CHANGES = 120;

    @TempDir
    Path data;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void afterAnyChangesAndAnyReopeningTheLedgerKnowsWhatTheModelKnows(long seed) {
        LedgerModel model = new LedgerModel(seed);
        Random reopen = new Random(-seed);
        Store store = open();
        try {
            FolderLedger ledger = folder(store, Opening.NEW);
            ledger.begin(7, UidSet.EMPTY, 1);
            for (int i = 0; i < CHANGES; i++) {
                model.next().make(ledger);
                model.assertMatches(ledger);
                if (reopen.nextInt(8) == 0) {
                    store.close();
                    store = open();
                    ledger = folder(store, Opening.KNOWN);
                    model.assertMatches(ledger);
                }
            }
        } finally {
            store.close();
        }
    }

    private Store open() {
        return Store.open(data, "", Clock.systemUTC());
    }

    private static FolderLedger folder(Store store, Opening expected) {
        FolderLedger ledger = new Ledger(store, Clock.systemUTC()).folder("support", "INBOX");
        assertThat(ledger.open(7)).isEqualTo(expected);
        return ledger;
    }
}
