package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapSettings;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.ledger.Ledger;
import io.mailroutes.ledger.Renumbering;
import io.mailroutes.message.UidSet;
import io.mailroutes.store.Store;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.Traces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CandidatesTest {
    private static final SelectedFolder TEN = new SelectedFolder("INBOX", 1, 11, 10, false);
    private static final UidSet NOTHING = UidSet.EMPTY;

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock();
    private Store store;
    private FolderLedger ledger;
    private Optional<SearchTerm> term = Optional.empty();

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("data"), "", clock);
        ledger = new Ledger(store, clock).folder("box", "INBOX");
        ledger.open(1);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Plays one search after the other. */
    private interface Work {
        void run(ImapConnection connection, Candidates candidates);
    }

    private void on(Select select, String capabilities, List<Search> searches, Work work) throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(c -> {
                    c.login(capabilities);
                    for (Search search : searches) {
                        c.expect("UID SEARCH " + search.criteria()).send("* SEARCH " + search.found());
                        c.ok("done");
                    }
                    c.untilClosed();
                });
                ImapConnection connection = ImapConnection.open(
                        TestAccounts.clear(server.port()), new FixedToken(), ImapSettings.defaults(directory))) {
            work.run(connection, new Candidates(ledger, select, term, clock));
        }
    }

    private record Search(String criteria, String found) {}

    private static Search search(String criteria, String found) {
        return new Search(criteria, found);
    }

    @Test
    void newLeavesOutWhatIsSeenAtTheFirstOpening() throws Exception {
        on(Select.NEW, "IMAP4rev1", List.of(search("UNSEEN", "3 9 11")), (connection, candidates) -> assertThat(
                        candidates.notWanted(connection, UidSet.range(1, 10)))
                .isEqualTo(UidSet.range(1, 10).minus(UidSet.of(List.of(3L, 9L)))));
    }

    @Test
    void aServerWithoutUidNextIsAskedForItsLastMail() throws Exception {
        SelectedFolder old = new SelectedFolder("INBOX", 1, 0, 2, false);
        on(Select.NEW, "IMAP4rev1", List.of(search("ALL", "4 7")), (connection, candidates) -> assertThat(
                        Candidates.last(connection, old))
                .isEqualTo(7));
    }

    @Test
    void allLeavesOutNothing() throws Exception {
        on(Select.ALL, "IMAP4rev1", List.of(), (connection, candidates) -> assertThat(
                        candidates.notWanted(connection, UidSet.range(1, 10)).isEmpty())
                .isTrue());
    }

    @Test
    void onlyWhatTheLedgerDoesNotKnowAsDoneIsAskedFor() throws Exception {
        ledger.begin(1, UidSet.range(1, 8), 1);
        ledger.delivered(Traces.all(9L));
        on(
                Select.NEW,
                "IMAP4rev1",
                List.of(search("UID 10:4294967295", "10 11")),
                (connection, candidates) ->
                        assertThat(candidates.now(connection, TEN, NOTHING)).isEqualTo(UidSet.range(10, 11)));
    }

    @Test
    void unseenIsTheServersFlagAloneButNotWhatIsDeletedThereOrNotYetAcknowledged() throws Exception {
        ledger.begin(1, UidSet.range(1, 5), 1);
        ledger.delivered(Traces.all(9L));
        on(
                Select.UNSEEN,
                "IMAP4rev1",
                List.of(search("UNSEEN UNDELETED", "2 9 10")),
                (connection, candidates) -> assertThat(candidates.now(connection, TEN, UidSet.range(10, 10)))
                        .isEqualTo(UidSet.of(List.of(2L))));
    }

    @Test
    void whatTwoLooksMissIsGoneAndOneLookIsNotEnough() throws Exception {
        ledger.begin(1, UidSet.EMPTY, 1);
        on(
                Select.ALL,
                "IMAP4rev1",
                List.of(
                        search("UID 1:4294967295", "1 3 10"),
                        search("UID 1:4294967295", "1 2 3 10"),
                        search("UID 1:3,10:4294967295", "1 2 3 10")),
                (connection, candidates) -> {
                    candidates.now(connection, TEN, NOTHING);
                    assertThat(ledger.settled().isEmpty()).isTrue();
                    candidates.now(connection, TEN, NOTHING);
                    assertThat(ledger.settled()).isEqualTo(UidSet.range(4, 9));
                    candidates.now(connection, TEN, NOTHING);
                    assertThat(ledger.settled()).isEqualTo(UidSet.range(4, 9));
                });
    }

    @Test
    void aServerThatHidesMailsBehindAMessageLimitHasNothingThatIsGone() throws Exception {
        ledger.begin(1, UidSet.EMPTY, 1);
        String all = "UID 1:4294967295";
        on(
                Select.ALL,
                "IMAP4rev1 MESSAGELIMIT=1000",
                List.of(search(all, "9 10"), search(all, "9 10"), search(all, "9 10")),
                (connection, candidates) -> {
                    for (int i = 0; i < 3; i++) {
                        candidates.now(connection, TEN, NOTHING);
                    }
                    assertThat(ledger.settled().isEmpty()).isTrue();
                });
    }

    @Test
    void whatIsInFlightOrAboveUidNextIsNeverGone() throws Exception {
        ledger.begin(1, UidSet.range(1, 9), 1);
        on(
                Select.NEW,
                "IMAP4rev1",
                List.of(search("UID 10:4294967295", ""), search("UID 10:4294967295", "")),
                (connection, candidates) -> {
                    candidates.now(connection, TEN, UidSet.range(10, 10));
                    candidates.now(connection, TEN, UidSet.range(10, 10));
                    assertThat(ledger.settled()).isEqualTo(UidSet.range(1, 9));
                });
    }

    @Test
    void aFailedMailWaitsUntilItIsDueAndOneThatOthersRemovedIsNotWaitedFor() throws Exception {
        ledger.begin(1, UidSet.range(1, 8), 1);
        ledger.failed(Traces.of(9), "E", "no", clock.instant().plusSeconds(5));
        ledger.failed(Traces.of(10), "E", "no", clock.instant().plusSeconds(50));
        String rest = "UID 9:4294967295";
        on(
                Select.NEW,
                "IMAP4rev1",
                List.of(search(rest, "9 10"), search(rest, "9 10"), search(rest, "9")),
                (connection, candidates) -> {
                    assertThat(candidates.now(connection, TEN, NOTHING).isEmpty())
                            .isTrue();
                    assertThat(candidates.nextDue()).contains(clock.instant().plusSeconds(5));
                    clock.advance(Duration.ofSeconds(5));
                    assertThat(candidates.now(connection, TEN, NOTHING)).isEqualTo(UidSet.range(9, 9));
                    // What is due already is in the route or waits for a probe: it must not make the loop spin.
                    assertThat(candidates.nextDue()).contains(clock.instant().plusSeconds(45));
                    candidates.now(connection, TEN, UidSet.range(9, 9));
                    assertThat(candidates.nextDue()).isEmpty();
                    assertThat(candidates.waiting()).hasSize(1);
                });
    }

    private void term(String text) {
        term = Optional.of(new SearchTerm(text));
    }

    @Test
    void whatDoesNotMatchIsAskedAboutASecondTimeAfterAWhileAndThenNoMore() throws Exception {
        term("FROM a");
        ledger.begin(1, UidSet.range(1, 8), 9);
        String rest = "UID 9:4294967295";
        on(
                Select.NEW,
                "IMAP4rev1",
                List.of(
                        search("UID 1 FROM a", ""),
                        search(rest, "9 10 11"),
                        search(rest + " FROM a", "9"),
                        search(rest, "9 10 11"),
                        search(rest + " FROM a", "9"),
                        search(rest, "9 10 11"),
                        search(rest + " FROM a", "9 11"),
                        search("UID 9,11:4294967295", "9 11"),
                        search("UID 9,11:4294967295 FROM a", "9 11")),
                (connection, candidates) -> {
                    assertThat(candidates.now(connection, TEN, NOTHING)).isEqualTo(UidSet.range(9, 9));
                    candidates.now(connection, TEN, NOTHING);
                    assertThat(ledger.settled()).isEqualTo(UidSet.range(1, 8));
                    clock.advance(Duration.ofSeconds(60));
                    // 11 was not indexed before.
                    assertThat(candidates.now(connection, TEN, NOTHING)).isEqualTo(UidSet.of(List.of(9L, 11L)));
                    assertThat(ledger.settled()).isEqualTo(UidSet.range(1, 8).plus(UidSet.range(10, 10)));
                    assertThat(candidates.now(connection, TEN, NOTHING)).isEqualTo(UidSet.of(List.of(9L, 11L)));
                });
    }

    @Test
    void whatMatchedOnceKeepsMatching() throws Exception {
        term("UNSEEN");
        ledger.begin(1, UidSet.range(1, 8), 9);
        String rest = "UID 9:4294967295";
        on(
                Select.NEW,
                "IMAP4rev1",
                List.of(
                        search("UID 1 UNSEEN", ""),
                        search(rest, "9"),
                        search(rest + " UNSEEN", "9"),
                        search(rest, "9"),
                        search(rest + " UNSEEN", "")),
                (connection, candidates) -> {
                    candidates.now(connection, TEN, NOTHING);
                    clock.advance(Duration.ofSeconds(60));
                    assertThat(candidates.now(connection, TEN, NOTHING)).isEqualTo(UidSet.range(9, 9));
                });
    }

    @Test
    void aFailedMailIsTriedAgainWhateverTheCriteriaSayNow() throws Exception {
        term("UNSEEN");
        ledger.begin(1, UidSet.range(1, 8), 9);
        ledger.failed(Traces.of(9), "E", "no", clock.instant());
        String rest = "UID 9:4294967295";
        on(
                Select.NEW,
                "IMAP4rev1",
                List.of(search("UID 1 UNSEEN", ""), search(rest, "9"), search(rest + " UNSEEN", "")),
                (connection, candidates) ->
                        assertThat(candidates.now(connection, TEN, NOTHING)).isEqualTo(UidSet.range(9, 9)));
    }

    @Test
    void ofTheBacklogWhatDoesNotMatchIsSettledAtOnce() throws Exception {
        term("FROM a");
        ledger.begin(1, UidSet.EMPTY, 11);
        on(
                Select.ALL,
                "IMAP4rev1",
                List.of(
                        search("UID 1 FROM a", ""),
                        search("UID 11:4294967295", ""),
                        search("UID 1:10", "1 2 3 4 5 6 7 8 9 10"),
                        search("UID 1:10 FROM a", "3 4")),
                (connection, candidates) -> {
                    assertThat(candidates.now(connection, TEN, NOTHING)).isEqualTo(UidSet.range(3, 4));
                    assertThat(ledger.settled()).isEqualTo(UidSet.range(1, 10).minus(UidSet.range(3, 4)));
                });
    }

    @Test
    void ofARenumberedFolderOnlyWhatMatchesIsHeld() throws Exception {
        term("FROM a");
        on(Select.NEW, "IMAP4rev1", List.of(search("UID 1:5 FROM a", "2")), (connection, candidates) -> assertThat(
                        candidates
                                .wanted(connection, new Renumbering(Map.of(), false, UidSet.range(1, 5), 6))
                                .held())
                .isEqualTo(UidSet.range(2, 2)));
    }
}
