package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.store.AccountRows;
import io.mailroutes.store.Activity;
import io.mailroutes.store.ActivityRows;
import io.mailroutes.store.Store;
import io.mailroutes.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SightingsTest {
    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private final Instant start = clock.instant();
    private final MailboxStatus inbox = new MailboxStatus(clock, "box", "INBOX", "r");
    private final MailboxStatus sent = new MailboxStatus(clock, "box", "Sent", "r");
    private Store store;
    private ActivityRows rows;
    private AccountRows accounts;
    private Sightings sightings;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("data"), "", clock);
        rows = new ActivityRows(store);
        accounts = new AccountRows(store);
        sightings = new Sightings(rows, accounts, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsKnownOfEachFolderIsWrittenDown() {
        inbox.enter(MailboxState.LIVE, "x");
        inbox.alive();
        inbox.found(3);
        inbox.delivered();
        note();
        assertThat(rows.of("box"))
                .containsExactly(
                        new Activity("INBOX", Optional.of(start), Optional.of(start), OptionalLong.of(2)),
                        new Activity("Sent", Optional.empty(), Optional.empty(), OptionalLong.empty()));
    }

    @Test
    void itIsWrittenOnceAMinuteAndAtTheEnd() {
        note();
        inbox.alive();
        clock.advance(Duration.ofSeconds(59));
        note();
        assertThat(rows.of("box").get(0).proofOfLife()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        note();
        assertThat(rows.of("box").get(0).proofOfLife()).contains(start);
        sent.alive();
        sightings.noteLast(List.of(inbox.snapshot(), sent.snapshot()));
        assertThat(rows.of("box").get(1).proofOfLife()).contains(clock.instant());
    }

    @Test
    void aRefusalIsClearedWhenAFolderIsLiveAndNotBefore() {
        accounts.refuse("box", "wrong secret", start);
        inbox.enter(MailboxState.NEEDS_LOGIN, "x");
        note();
        assertThat(accounts.find("box").refusal()).isPresent();
        inbox.enter(MailboxState.LIVE, "x");
        note();
        assertThat(accounts.find("box").refusal()).isEmpty();
    }

    @Test
    void aRefusalThatComesAgainIsClearedAgain() {
        inbox.enter(MailboxState.LIVE, "x");
        note();
        accounts.refuse("box", "wrong secret", start);
        inbox.enter(MailboxState.NEEDS_LOGIN, "x");
        note();
        inbox.enter(MailboxState.LIVE, "x");
        note();
        assertThat(accounts.find("box").refusal()).isEmpty();
    }

    @Test
    void aStoreThatCannotBeWrittenStopsNothingAndIsTriedAgain() {
        store.close();
        inbox.alive();
        note();
        store = Store.open(directory.resolve("data"), "", clock);
        rows = new ActivityRows(store);
        assertThat(rows.of("box")).isEmpty();
    }

    private void note() {
        sightings.note(List.of(inbox.snapshot(), sent.snapshot()));
    }
}
