package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.oauth.AccessToken;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final SourceFixture given = new SourceFixture();
    private final String seed = given.server.newRefreshToken("app");
    private final Accounts account = given.account.refreshToken(seed);

    @AfterEach
    void close() {
        given.close();
    }

    private String refreshTokenUsed(int request) {
        return given.server.tokenRequestLog().get(request).form().get("refresh_token");
    }

    @Test
    void theConfiguredTokenIsUsedOnceAndItsDescendantsAfterThat() {
        TokenSource source = given.source(account);
        for (int i = 0; i < 5; i++) {
            source.token();
            given.clock.advance(Duration.ofHours(1));
        }
        assertThat(given.server.refreshTokenReuses()).isZero();
        assertThat(refreshTokenUsed(0)).isEqualTo(seed);
        assertThat(refreshTokenUsed(4)).isNotEqualTo(seed);
    }

    @Test
    void aRestartWithinTheTokensLifeNeedsNoNetwork() {
        AccessToken before = given.source(account).token();

        assertThat(given.source(account).token()).isEqualTo(before);
        assertThat(given.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aRestartAfterItsLifeUsesTheStoredRefreshToken() {
        given.source(account).token();
        given.clock.advance(Duration.ofHours(2));

        given.source(account).token();

        assertThat(given.server.refreshTokenReuses()).isZero();
        assertThat(refreshTokenUsed(1)).isNotEqualTo(seed);
    }

    @Test
    void aChangedConfiguredTokenWinsOverTheStoredOnes() {
        given.source(account).token();
        String other = given.server.newRefreshToken("app");

        given.source(given.account.refreshToken(other)).token();

        assertThat(refreshTokenUsed(1)).isEqualTo(other);
    }

    @Test
    void aChangedScopeDropsTheAccessTokenButKeepsTheRotatedRefreshToken() {
        given.source(account).token();

        given.source(account.scope("mail", "smtp")).token();

        assertThat(given.server.refreshTokenReuses()).isZero();
        assertThat(given.server.tokenRequestLog().get(1).form()).containsEntry("scope", "mail smtp");
    }

    @Test
    void aTokenThatCouldNotBeSavedIsNotHandedOut() {
        TokenSource source = given.source(account);
        given.store.failSaving(Failures.busy());

        assertThatThrownBy(source::token)
                .isInstanceOf(TransientTokenException.class)
                .hasMessageContaining("the disk is full");
        assertThat(source.cached()).isEmpty();
        assertThat(given.store.idle()).isTrue();
    }

    @Test
    void aTokenThatCouldNotBeSavedIsSavedLaterWithoutSpendingTheOldOneAgain() {
        TokenSource source = given.source(account);
        given.store.failSaving(Failures.busy());
        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);

        given.store.failSaving(null);
        given.clock.advance(Duration.ofMinutes(1));

        assertThat(given.server.isLive(source.token().value().reveal())).isTrue();
        assertThat(given.server.tokenRequests()).isEqualTo(1);
        given.clock.advance(Duration.ofHours(1));
        assertThat(source.token()).isNotNull();
        assertThat(given.server.refreshTokenReuses()).isZero();
    }

    @Test
    void aSpoiledStoreIsNeitherOverwrittenNorFollowedByARequest() {
        given.store.failLoading(Failures.spoiled());

        assertThatThrownBy(given.source(account)::token).isInstanceOf(NeedsLoginException.class);
        assertThat(given.store.saves()).isZero();
        assertThat(given.server.tokenRequests()).isZero();
    }

    @Test
    void aRevokedRefreshTokenNeedsALoginAndIsNotTriedAgain() {
        TokenSource source = given.source(account);
        given.server.revoke(seed);

        assertThatThrownBy(source::token).isInstanceOf(NeedsLoginException.class);
        assertThatThrownBy(source::token).isInstanceOf(NeedsLoginException.class);
        assertThat(given.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aTransientFailureKeepsTheRefreshToken() {
        TokenSource source = given.source(account);
        given.server.nextToken(FakeAnswer.json(500, "{\"error\":\"invalid_grant\"}"));
        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);
        given.clock.advance(Duration.ofMinutes(1));

        assertThat(source.token()).isNotNull();
        assertThat(refreshTokenUsed(1)).isEqualTo(seed);
    }
}
