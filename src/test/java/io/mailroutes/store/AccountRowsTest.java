package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.SettableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountRowsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path directory;

    private Store store;
    private AccountRows accounts;
    private ActivityRows activities;

    @BeforeEach
    void open() {
        store = Store.open(directory.resolve("data"), "", new SettableClock());
        accounts = new AccountRows(store);
        activities = new ActivityRows(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(accounts.find("support")).isEqualTo(AccountRow.UNKNOWN);
        assertThat(activities.of("support")).isEmpty();
    }

    @Test
    void aRefusalIsSeenByOtherProcessesAndNotByOtherAccounts() {
        accounts.refuse("support", "revoked", NOW);

        try (Store other = Store.open(directory.resolve("data"), "", new SettableClock())) {
            assertThat(new AccountRows(other).find("support").refusal())
                    .contains(new AccountRow.Refusal("revoked", NOW));
            assertThat(new AccountRows(other).find("sales")).isEqualTo(AccountRow.UNKNOWN);
        }
    }

    @Test
    void aRefusalThatIsRepeatedKeepsItsTimeAndAnotherOneDoesNot() {
        accounts.refuse("support", "revoked", NOW);
        accounts.refuse("support", "revoked", NOW.plusSeconds(60));
        assertThat(accounts.find("support").refusal().orElseThrow().since()).isEqualTo(NOW);

        accounts.refuse("support", "the secret has expired", NOW.plusSeconds(90));
        assertThat(accounts.find("support").refusal())
                .contains(new AccountRow.Refusal("the secret has expired", NOW.plusSeconds(90)));
    }

    @Test
    void aClearedRefusalIsGoneButHowLongTheConsentLivedStays() {
        accounts.refuse("support", "revoked", NOW);
        accounts.consentEnded("support", Duration.ofDays(7));
        accounts.clear("support");
        accounts.clear("nobody");

        assertThat(accounts.find("support"))
                .isEqualTo(new AccountRow(Optional.empty(), Optional.of(Duration.ofDays(7))));
    }

    @Test
    void whatIsNotGivenOfAFolderStaysButItsBacklog() {
        activities.save(
                "support",
                new Activity("INBOX", Optional.of(NOW), Optional.of(NOW.minusSeconds(5)), OptionalLong.of(3)));
        activities.save("support", new Activity("Archive", Optional.empty(), Optional.empty(), OptionalLong.empty()));
        activities.save(
                "support",
                new Activity("INBOX", Optional.of(NOW.plusSeconds(60)), Optional.empty(), OptionalLong.empty()));

        assertThat(activities.of("support"))
                .containsExactly(
                        new Activity("Archive", Optional.empty(), Optional.empty(), OptionalLong.empty()),
                        new Activity(
                                "INBOX",
                                Optional.of(NOW.plusSeconds(60)),
                                Optional.of(NOW.minusSeconds(5)),
                                OptionalLong.empty()));
    }

    @Test
    void aStoreOfTheFirstSchemaIsMigratedAndKeepsWhatItHas() throws Exception {
        new LeaseRows(store).acquire("token/support", "me", NOW.plusSeconds(30), NOW);
        store.close();
        String url = "jdbc:sqlite:" + directory.resolve("data").resolve("mailroutes.db");
        try (Connection c = DriverManager.getConnection(url);
                Statement statement = c.createStatement()) {
            statement.execute("DROP TABLE account");
            statement.execute("DROP TABLE activity");
            statement.execute("DROP TABLE held");
            statement.execute("DROP TABLE fingerprint");
            statement.execute("DROP TABLE gmail");
            statement.execute("ALTER TABLE mailbox DROP COLUMN backlog_until");
            statement.execute("PRAGMA user_version = 1");
        }

        store = Store.open(directory.resolve("data"), "", new SettableClock());
        new AccountRows(store).refuse("support", "revoked", NOW);
        assertThat(new AccountRows(store).find("support").refusal()).isPresent();
        assertThat(new LeaseRows(store).acquire("token/support", "you", NOW.plusSeconds(30), NOW))
                .isFalse();
    }
}
