package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.OAuthBehaviour.Rotation;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A refresh token was sent, and what came in its place is not known. */
class LostAnswerTest {
    private static final Duration STALE = Duration.ofMinutes(56);
    private static final Duration EXPIRED = Duration.ofMinutes(59);

    private final SourceFixture given = new SourceFixture();
    private final Accounts account = given.account.refreshToken(given.server.newRefreshToken("app"));

    @AfterEach
    void close() {
        given.close();
    }

    private Optional<Instant> askedAt() {
        return given.store.load("support").flatMap(tokens -> tokens.history().askedAt());
    }

    /** The server does what it is asked, and its answer never arrives. */
    private void loseTheNextAnswer() {
        given.server.nextToken(FakeAnswer.lost());
    }

    /** As if the process had ended at this point of a refresh. */
    private void dieAfterSending(TokenSource source) {
        AccessToken stored = source.token();
        loseTheNextAnswer();
        assertThat(source.token()).isEqualTo(stored);
        given.runBackground();
    }

    static Stream<FakeAnswer> lost() {
        return Stream.of(
                FakeAnswer.hangUp(),
                FakeAnswer.html(200),
                FakeAnswer.json(500, "{}"),
                FakeAnswer.json(502, "{\"error\":\"server_error\"}"),
                FakeAnswer.html(504));
    }

    static Stream<FakeAnswer> notDone() {
        return Stream.of(
                FakeAnswer.json(503, "{}"),
                FakeAnswer.json(429, "{}"),
                FakeAnswer.json(408, "{}"),
                FakeAnswer.json(500, "{\"error\":\"temporarily_unavailable\"}"));
    }

    @Test
    void theRequestIsNotedBeforeItIsSentAndNoMoreAfterItsAnswerIsStored() {
        TokenSource source = given.source(account);
        given.tokens = new AnswerGuard(given.store, () -> assertThat(askedAt()).contains(given.clock.instant()));
        assertThat(given.source(account).token()).isNotNull();
        assertThat(askedAt()).isEmpty();
        assertThat(given.store.load("support").orElseThrow().history().usedAt()).contains(given.clock.instant());
        assertThat(source.token()).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("lost")
    void aRefreshTokenWhoseAnswerIsLostIsNotSentAgainWhileTheAccessTokenLasts(FakeAnswer answer) {
        TokenSource source = given.source(account);
        AccessToken first = source.token();
        given.clock.advance(STALE);
        given.server.nextToken(answer);
        for (int second = 0; second < 180; second++) {
            assertThat(source.token()).isEqualTo(first);
            given.runBackground();
            given.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(askedAt()).isPresent();
        assertThat(given.server.tokenRequests()).isEqualTo(2);

        given.clock.advance(Duration.ofMinutes(1));
        assertThat(source.token()).isNotEqualTo(first);
        assertThat(given.server.tokenRequests()).isEqualTo(3);
        assertThat(askedAt()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("notDone")
    void aServerThatSaysItDidNothingIsAskedAgainSoon(FakeAnswer answer) {
        TokenSource source = given.source(account);
        AccessToken first = source.token();
        given.clock.advance(STALE);
        given.server.nextToken(answer);
        assertThat(source.token()).isEqualTo(first);
        given.runBackground();
        assertThat(askedAt()).isEmpty();

        given.clock.advance(Duration.ofSeconds(3));
        source.token();
        given.runBackground();
        assertThat(source.token()).isNotEqualTo(first);
    }

    @Test
    void aRequestThatWasNeverSentIsNotNoted() throws IOException {
        URI nowhere;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/token");
        }
        assertThatThrownBy(given.source(Accounts.at(nowhere).refreshToken("rt-1"))::token)
                .isInstanceOf(TransientTokenException.class)
                .hasMessageContaining("refused");
        assertThat(askedAt()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"HARMLESS", "REFUSED"})
    void whereNothingIsRevokedTheRequestIsRepeatedSoon(Replay replay) {
        given.replay = replay;
        given.server.rotation(Rotation.OLD_STAYS_VALID);
        TokenSource source = given.source(account);
        AccessToken first = source.token();
        given.clock.advance(STALE);
        loseTheNextAnswer();
        source.token();
        given.runBackground();
        assertThat(askedAt().isPresent()).isEqualTo(replay == Replay.REFUSED);

        given.clock.advance(Duration.ofSeconds(3));
        source.token();
        given.runBackground();
        assertThat(source.token()).isNotEqualTo(first);
    }

    @Test
    void theNextProcessUsesTheOldAccessTokenToItsEndAndThenAsksOnce() {
        AccessToken first = given.source(account).token();
        given.clock.advance(STALE);
        dieAfterSending(given.source(account));
        TokenSource next = given.source(account);

        for (int ask = 0; ask < 5; ask++) {
            assertThat(next.token()).isEqualTo(first);
            given.runBackground();
        }
        assertThat(given.server.tokenRequests()).isEqualTo(2);
        assertThat(given.server.isLive(first.value().reveal())).isTrue();

        given.clock.advance(Duration.ofMinutes(3).plusSeconds(30));
        assertThatThrownBy(next::token)
                .isInstanceOf(NeedsLoginException.class)
                .hasMessageContaining("the refresh token was refused (invalid_grant)")
                .hasMessageContaining("the token request of 2026-03-01 10:56:00 UTC was lost")
                .hasMessageContaining("had replaced the refresh token by then")
                .hasMessageContaining("mailroutes.accounts.support.refresh-token");
        assertThat(given.server.tokenRequests()).isEqualTo(3);
    }

    @Test
    void theExplanationStaysAndNobodyAsksOnAndOn() {
        given.source(account).token();
        given.clock.advance(STALE);
        dieAfterSending(given.source(account));
        given.clock.advance(Duration.ofHours(1));
        TokenSource one = given.source(account);
        TokenSource other = given.source(account);
        for (int ask = 0; ask < 5; ask++) {
            assertThatThrownBy(one::token).hasMessageContaining("10:56:00 UTC was lost");
            assertThatThrownBy(other::token).hasMessageContaining("10:56:00 UTC was lost");
            given.clock.advance(Duration.ofMinutes(5));
        }
        assertThat(given.server.tokenRequests()).as("one of each process").isEqualTo(4);
    }

    @Test
    void aServerThatNeverGotTheRequestGivesANewTokenAfterAll() {
        given.source(account).token();
        given.clock.advance(EXPIRED);
        given.server.nextToken(FakeAnswer.hangUp());
        TokenSource source = given.source(account);
        assertThat(source.cached()).isEmpty();
        assertThatThrownBy(source::token)
                .isInstanceOf(TransientTokenException.class)
                .hasMessageContaining("No usable answer came, and the server may have replaced the refresh token.");

        given.clock.advance(Duration.ofSeconds(5));
        assertThat(source.token()).isNotNull();
        assertThat(askedAt()).isEmpty();
    }

    @Test
    void aNewLoginEndsIt() {
        TokenSource source = given.source(account);
        source.token();
        given.clock.advance(EXPIRED);
        loseTheNextAnswer();
        source.token();
        given.clock.advance(Duration.ofMinutes(5));
        assertThatThrownBy(source::token).isInstanceOf(NeedsLoginException.class);

        Accounts renewed = given.account.refreshToken(given.server.newRefreshToken("app"));
        assertThat(given.source(renewed).token()).isNotNull();
        assertThat(askedAt()).isEmpty();
    }

    @Test
    void anAnswerThatCannotBeStoredIsKeptAndSaid() {
        given.tokens = new AnswerGuard(given.store, () -> {
            throw Failures.busy();
        });
        TokenSource source = given.source(account);
        assertThatThrownBy(source::token)
                .isInstanceOf(TransientTokenException.class)
                .hasMessageContaining("gave a new token, which could not be stored: the disk is full")
                .hasMessageContaining("kept in memory and stored first at the next try");
        assertThat(askedAt()).isPresent();

        given.clock.advance(Duration.ofSeconds(5));
        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);
        ((AnswerGuard) given.tokens).open();
        given.clock.advance(Duration.ofSeconds(10));
        assertThat(given.server.isLive(source.token().value().reveal())).isTrue();
        assertThat(given.server.tokenRequests()).isEqualTo(1);
        assertThat(askedAt()).isEmpty();
    }
}
