package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.SettableClock;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseRowsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant END = NOW.plusSeconds(30);

    @TempDir
    private Path directory;

    private Store store;
    private Store ofAnotherProcess;
    private LeaseRows leases;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("data"), "", new SettableClock());
        ofAnotherProcess = Store.open(directory.resolve("data"), "", new SettableClock());
        leases = new LeaseRows(store);
    }

    @AfterEach
    void close() {
        store.close();
        ofAnotherProcess.close();
    }

    @Test
    void aHeldLeaseIsNobodyElses() {
        assertThat(leases.acquire("token/support", "a", END, NOW)).isTrue();

        assertThat(new LeaseRows(ofAnotherProcess).acquire("token/support", "b", END, NOW))
                .isFalse();
        assertThat(leases.acquire("token/other", "b", END, NOW)).isTrue();
    }

    @Test
    void itsOwnerMayTakeItAgain() {
        leases.acquire("token/support", "a", END, NOW);

        assertThat(leases.acquire("token/support", "a", END.plusSeconds(9), NOW))
                .isTrue();
        assertThat(leases.acquire("token/support", "b", END.plusSeconds(60), END))
                .isFalse();
    }

    @Test
    void itEndsAtItsTimeAndNotBefore() {
        leases.acquire("token/support", "a", END, NOW);

        assertThat(leases.acquire("token/support", "b", END.plusSeconds(30), END.minusMillis(1)))
                .isFalse();
        assertThat(leases.acquire("token/support", "b", END.plusSeconds(30), END))
                .isTrue();
    }

    @Test
    void aReleasedLeaseIsFreeAtOnce() {
        leases.acquire("token/support", "a", END, NOW);
        leases.release("token/support", "a");

        assertThat(leases.acquire("token/support", "b", END, NOW)).isTrue();
    }

    @Test
    void aLeaseThatIsAnothersByNowIsNotReleased() {
        leases.acquire("token/support", "a", END, NOW);
        leases.acquire("token/support", "b", END.plusSeconds(30), END);
        leases.release("token/support", "a");

        assertThat(leases.acquire("token/support", "c", END.plusSeconds(30), END))
                .isFalse();
    }
}
