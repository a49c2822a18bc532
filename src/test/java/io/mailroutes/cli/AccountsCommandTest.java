package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.store.AccountRows;
import io.mailroutes.store.Activity;
import io.mailroutes.store.ActivityRows;
import io.mailroutes.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsCommandTest {
    private static final Instant SINCE = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path directory;

    private LoginWorld world;

    @BeforeEach
    void open() {
        world = LoginWorld.open(directory);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private void logIn() throws Exception {
        RunningCommand login = world.browserLogin();
        world.browse(login.line("http"));
        assertThat(login.code()).isZero();
    }

    /** As a running process would write it. */
    private Store store() {
        return Store.open(world.data(), "", Clock.systemUTC());
    }

    private void refuse(String reason) {
        try (Store store = store()) {
            new AccountRows(store).refuse("support", reason, SINCE);
        }
    }

    private JsonNode json() throws Exception {
        RunningCommand accounts = world.run("accounts", "--json");
        accounts.code();
        return new ObjectMapper().readTree(accounts.out()).get(0);
    }

    @Test
    void whoNeverLoggedInIsToldHow() throws Exception {
        RunningCommand accounts = world.run("accounts");

        assertThat(accounts.code()).isEqualTo(3);
        assertThat(accounts.out()).contains("NOT_LOGGED_IN", "run: mailroutes login support");
        assertThat(json().path("next").asText()).isEqualTo("run: mailroutes login support");
    }

    @Test
    void aLoginMakesItReadyAndAsksNoServer() throws Exception {
        logIn();
        int before = world.server.tokenRequests();
        RunningCommand accounts = world.run("accounts");

        assertThat(accounts.code()).isZero();
        assertThat(accounts.out()).contains("READY", " min").doesNotContain("LOG");
        assertThat(accounts.out()).doesNotContain(world.server.tokensIssued().get(0));
        assertThat(world.server.tokenRequests()).isEqualTo(before);
    }

    @Test
    void theReasonThatARunningProcessMetIsShownWithinAHundredColumns() throws Exception {
        logIn();
        refuse("Account support: the token request was answered with HTTP 400, invalid_grant: revoked. The mailbox"
                + " owner has to consent again: by mailroutes login, or by a new refresh token.");
        RunningCommand accounts = world.run("accounts");

        assertThat(accounts.code()).isEqualTo(3);
        assertThat(accounts.out().replaceAll("\\s+", " "))
                .contains(
                        "NEEDS_LOGIN", "since 2026-03-01T10:00:00Z: Account support: the token request", "new refresh");
        assertThat(accounts.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void aNewLoginEndsTheReason() throws Exception {
        logIn();
        refuse("revoked");
        logIn();

        assertThat(json().path("state").asText()).isEqualTo("READY");
        assertThat(json().has("reason")).isFalse();
    }

    @Test
    void whatEndsSoonIsSaidWithItsAdvice() throws Exception {
        world.set("client-secret", "s")
                .set("client-authentication", "post")
                .set(
                        "client-secret-expires",
                        LocalDate.now(ZoneOffset.UTC).plusDays(3).toString());
        RunningCommand accounts = world.run("accounts");
        accounts.code();

        assertThat(accounts.out()).contains("client secret in 2 d", "client secret ends on ", "Make another secret");
    }

    @Test
    void jsonHasEverythingByDocumentedNames() throws Exception {
        logIn();
        refuse("revoked");
        Files.createDirectories(world.data().resolve("dead-letters/support/INBOX~1-7"));
        try (Store store = store()) {
            new ActivityRows(store)
                    .save("support", new Activity("INBOX", Optional.of(SINCE), Optional.empty(), OptionalLong.of(4)));
        }
        JsonNode row = json();

        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly(
                        "account",
                        "user",
                        "provider",
                        "grant",
                        "state",
                        "reason",
                        "since",
                        "accessTokenEnds",
                        "refreshedAt",
                        "consentedAt",
                        "refreshTokenUsedAt",
                        "expiries",
                        "folders",
                        "deadLetters");
        assertThat(row.path("state").asText()).isEqualTo("NEEDS_LOGIN");
        assertThat(row.path("since").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(row.path("accessTokenEnds").asText()).endsWith("Z");
        assertThat(row.path("expiries").get(0).path("what").asText()).isEqualTo("ACCESS_TOKEN");
        assertThat(row.path("folders").get(0).path("backlog").asInt()).isEqualTo(4);
        assertThat(row.path("deadLetters").asInt()).isEqualTo(1);
    }

    @Test
    void noSecretIsInIt() throws Exception {
        logIn();
        RunningCommand accounts = world.run("accounts", "--json");
        accounts.code();

        assertThat(accounts.out()).doesNotContain(world.server.tokensIssued().get(0), "rt-");
    }
}
