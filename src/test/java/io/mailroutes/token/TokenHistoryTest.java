package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.Identity;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenHistoryTest {
    private static final Instant LOGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LATER = LOGIN.plus(Duration.ofDays(3));
    private static final GrantPlan PLAN = plan(Accounts.at(URI.create("https://as.example/token")));

    private final SourceFixture given = new SourceFixture();
    private final Accounts account = given.account.refreshToken(given.server.newRefreshToken("app"));

    @AfterEach
    void close() {
        given.close();
    }

    private static GrantPlan plan(Accounts account) {
        return new GrantPlan(account.account(), account.oauth());
    }

    private static TokenResponse answer(Optional<String> refreshToken, Optional<Instant> ends) {
        AccessToken token = new AccessToken(Secret.of("at"), LOGIN, LOGIN.plus(Duration.ofHours(1)), Optional.empty());
        return new TokenResponse(token, refreshToken.map(Secret::of), ends, Identity.UNKNOWN);
    }

    private static TokenHistory after(StoredTokens before, TokenResponse response) {
        return PLAN.toStore(Optional.of(before), response, LATER).history();
    }

    @Test
    void aConsentIsRememberedThroughRefreshes() {
        StoredTokens login = PLAN.toStore(answer(Optional.of("r1"), Optional.empty()), LOGIN);
        TokenHistory refreshed = after(login, answer(Optional.of("r2"), Optional.empty()));

        assertThat(refreshed.consentedAt()).contains(LOGIN);
        assertThat(refreshed.usedAt()).contains(LATER);
    }

    @Test
    void anEndHoldsForItsOwnRefreshTokenOnly() {
        Instant end = LOGIN.plus(Duration.ofDays(7));
        StoredTokens login = PLAN.toStore(answer(Optional.of("r1"), Optional.of(end)), LOGIN);

        assertThat(after(login, answer(Optional.of("r1"), Optional.empty())).endsAt())
                .contains(end);
        assertThat(after(login, answer(Optional.of("r2"), Optional.empty())).endsAt())
                .isEmpty();
        assertThat(after(login, answer(Optional.of("r2"), Optional.of(LATER))).endsAt())
                .contains(LATER);
    }

    @Test
    void withoutARefreshTokenNothingWasUsed() {
        TokenHistory history = PLAN.toStore(Optional.empty(), answer(Optional.empty(), Optional.empty()), LATER)
                .history();

        assertThat(history).isEqualTo(TokenHistory.NONE);
    }

    @Test
    void anotherConfiguredRefreshTokenInheritsNothing() {
        URI endpoint = URI.create("https://as.example/token");
        GrantPlan first = plan(Accounts.at(endpoint).refreshToken("one"));
        GrantPlan second = plan(Accounts.at(endpoint).refreshToken("two"));
        StoredTokens old = first.toStore(answer(Optional.of("r1"), Optional.of(LATER)), LOGIN);

        TokenHistory history = second.toStore(Optional.of(old), answer(Optional.of("r1"), Optional.empty()), LATER)
                .history();
        assertThat(history.consentedAt()).isEmpty();
        assertThat(history.endsAt()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // Google and Microsoft, then Keycloak; the last three have no end that is known
        "'\"refresh_token_expires_in\":604799', PT604799S",
        "'\"refresh_token_expires_in\":\"3600\"', PT1H",
        "'\"refresh_expires_in\":1800', PT30M",
        "'\"refresh_expires_in\":0', ",
        "'\"refresh_token_expires_in\":-5', ",
        "'\"refresh_token_expires_in\":\"never\"', ",
    })
    void theServersWordOnTheRefreshTokensEndIsStored(String member, Duration life) {
        given.server.nextToken(FakeAnswer.json(
                200, "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"expires_in\":3600," + member + "}"));
        given.source(account).token();

        TokenHistory history = given.store.load("support").orElseThrow().history();
        assertThat(history.endsAt()).isEqualTo(Optional.ofNullable(life).map(given.clock.instant()::plus));
        assertThat(history.usedAt()).contains(given.clock.instant());
    }
}
