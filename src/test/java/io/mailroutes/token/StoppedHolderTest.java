package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.OAuthBehaviour.Rotation;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.testing.Accounts;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process is stopped (SIGSTOP, a sleeping laptop) between the answer and saving it, for longer than its lease. */
class StoppedHolderTest {
    private final SourceFixture given = new SourceFixture();
    private final Accounts account = given.account.refreshToken(given.server.newRefreshToken("app"));

    @BeforeEach
    void tolerate() {
        given.server.rotation(Rotation.OLD_STAYS_VALID);
        given.replay = Replay.REFUSED;
    }

    @AfterEach
    void close() {
        given.close();
    }

    /** What happens meanwhile happens while the answer is on its way. */
    private TokenSource stopped(Runnable meanwhile) {
        return given.source(account, stored -> {
            given.clock.advance(Duration.ofSeconds(31));
            meanwhile.run();
        });
    }

    @Test
    void itsOwnTokensAreStoredWhenNobodyElseHasAsked() {
        AccessToken token = stopped(() -> {}).token();
        assertThat(given.store.load("support").flatMap(StoredTokens::accessToken))
                .contains(token);
        assertThat(given.store.idle()).isTrue();
    }

    @Test
    void theTokensThatAnotherProcessGotMeanwhileStayAndAreUsed() {
        TokenSource other = given.source(account);
        AccessToken mine = stopped(other::token).token();

        assertThat(mine).isEqualTo(other.token());
        assertThat(given.server.tokensIssued()).hasSize(2);
        assertThat(given.store.load("support").flatMap(StoredTokens::accessToken))
                .contains(mine);
    }

    @Test
    void aLogoutMeanwhileStays() {
        TokenSource source = stopped(() -> given.store.forget("support"));

        assertThatThrownBy(source::token)
                .isInstanceOf(TransientTokenException.class)
                .hasMessageContaining("changed by another process");
        assertThat(given.store.load("support")).isEmpty();
    }

    @Test
    void anotherProcessThatSentTheSameTokenAndWasRefusedGetsTheNewOneAfterAll() {
        given.server.rotation(Rotation.REPLACED);
        TokenSource other = given.source(account);
        AccessToken mine = stopped(() -> assertThatThrownBy(other::token).isInstanceOf(NeedsLoginException.class))
                .token();

        assertThat(given.server.isLive(mine.value().reveal())).isTrue();
        assertThat(other.token()).isEqualTo(mine);
        assertThat(Optional.of(mine)).isEqualTo(given.store.load("support").flatMap(StoredTokens::accessToken));
    }

    @Test
    void aHolderThatIsStillAtItIsWaitedForBeforeAnythingIsStored() {
        TokenSource source = stopped(() -> given.store.acquire(
                "token/support", "another", given.clock.instant().plusSeconds(20), given.clock.instant()));
        var before = given.clock.instant();

        assertThat(source.token()).isNotNull();
        assertThat(given.clock.instant()).isEqualTo(before.plusSeconds(51));
    }
}
