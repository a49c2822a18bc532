package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.oauth.AccessToken;
import io.mailroutes.testing.FakeAnswer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefreshingTokenSourceTest {
    private static final String OUT_OF_ORDER = "{\"error\":\"temporarily_unavailable\"}";
    private static final String REVOKED = "{\"error\":\"invalid_grant\"}";

    private final SourceFixture given = new SourceFixture();
    private final TokenSource source = given.source();

    @AfterEach
    void close() {
        given.close();
    }

    @Test
    void nothingIsAskedForBeforeTheFirstToken() {
        assertThat(source.cached()).isEmpty();
        assertThat(given.server.tokenRequests()).isZero();
    }

    @Test
    void aFreshTokenIsHandedOutAgainWithoutARequest() {
        AccessToken first = source.token();
        given.clock.advance(Duration.ofMinutes(54));

        assertThat(source.token()).isEqualTo(first);
        assertThat(source.cached()).contains(first);
        assertThat(given.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aStaleTokenIsHandedOutAtOnceAndReplacedOnceInTheBackground() {
        AccessToken first = source.token();
        given.clock.advance(Duration.ofMinutes(56));

        assertThat(source.token()).isEqualTo(first);
        assertThat(source.token()).isEqualTo(first);
        assertThat(given.queued()).isEqualTo(1);
        assertThat(given.server.tokenRequests()).isEqualTo(1);

        given.runBackground();
        assertThat(source.token()).isNotEqualTo(first);
        assertThat(given.server.tokenRequests()).isEqualTo(2);
    }

    @Test
    void anExpiredTokenIsReplacedBeforeAnyIsHandedOut() {
        AccessToken first = source.token();
        given.clock.advance(Duration.ofMinutes(59));

        assertThat(source.token()).isNotEqualTo(first);
    }

    @Test
    void aRefreshInTheBackgroundThatFailsIsNotRepeatedBeforeItsTime() {
        AccessToken first = source.token();
        given.clock.advance(Duration.ofMinutes(56));
        given.server.nextToken(FakeAnswer.retryAfter(503, "40"));
        source.token();
        given.runBackground();

        given.clock.advance(Duration.ofSeconds(40));
        assertThat(source.token()).isEqualTo(first);
        assertThat(given.queued()).isZero();

        given.clock.advance(Duration.ofSeconds(5));
        assertThat(source.token()).isEqualTo(first);
        given.runBackground();
        assertThat(source.token()).isNotEqualTo(first);
        assertThat(given.server.tokenRequests()).isEqualTo(3);
    }

    @Test
    void anExecutorThatIsShutDownDoesNotDisturb() {
        AccessToken first = source.token();
        given.clock.advance(Duration.ofMinutes(56));
        given.executor = task -> {
            throw new RejectedExecutionException();
        };

        assertThat(source.token()).isEqualTo(first);
    }

    @Test
    void anOldTokenIsUsedToItsLastSecondWhileTheServerIsOutOfOrder() {
        AccessToken first = source.token();
        given.clock.advance(Duration.ofMinutes(59));
        given.server.nextToken(FakeAnswer.json(503, OUT_OF_ORDER)).nextToken(FakeAnswer.json(503, OUT_OF_ORDER));

        assertThat(source.token()).isEqualTo(first);
        given.clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(source::token)
                .isInstanceOf(TransientTokenException.class)
                .hasMessageContaining("Account support")
                .hasMessageContaining("HTTP 503");
    }

    @Test
    void afterATransientFailureTheSameErrorComesAtOnceAndTheServerIsLeftAlone() {
        given.server.nextToken(FakeAnswer.retryAfter(429, "30"));
        TransientTokenException first = catchThrowableOfType(TransientTokenException.class, source::token);
        TransientTokenException second = catchThrowableOfType(TransientTokenException.class, source::token);

        assertThat(first.retryAfter()).isEqualTo(Duration.ofSeconds(30));
        assertThat(second).hasMessage(first.getMessage()).isNotSameAs(first);
        assertThat(given.server.tokenRequests()).isEqualTo(1);

        given.clock.advance(Duration.ofSeconds(33));
        assertThat(source.token()).isNotNull();
    }

    @Test
    void theBackOffGrowsWithEachFailureAndEndsWithASuccess() {
        for (int failure = 0; failure < 3; failure++) {
            given.server.nextToken(FakeAnswer.json(500, "{}"));
            assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);
            given.clock.advance(Duration.ofSeconds(2L << failure));
        }
        assertThat(source.token()).isNotNull();
        assertThat(given.server.tokenRequests()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "429, 600, 660",
        "503, 600, 660",
        "429, 'Sun, 01 Mar 2026 10:10:00 GMT', 660",
        "503, 'Sun, 01 Mar 2026 10:10:00 GMT', 660",
        "503, 999999, 3960"
    })
    void aServerIsLeftAloneForAsLongAsItAsksUpToAnHourAndATenth(int status, String value, long seconds) {
        given.server.nextToken(FakeAnswer.retryAfter(status, value));
        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);

        given.clock.advance(Duration.ofSeconds(seconds - 1));
        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);
        assertThat(given.server.tokenRequests()).isEqualTo(1);
        given.clock.advance(Duration.ofSeconds(1));

        assertThat(source.token()).isNotNull();
    }

    @Test
    void aBackOffIsKeptToTheEnd() {
        given.server.nextToken(FakeAnswer.json(500, "{}"));
        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);
        given.clock.advance(Duration.ofMillis(1999));

        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);
        assertThat(given.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aPermanentErrorStopsAllAskingForEver() {
        given.server.nextToken(FakeAnswer.json(400, REVOKED));
        assertThatThrownBy(source::token).isInstanceOf(NeedsLoginException.class);
        given.clock.advance(Duration.ofDays(30));

        assertThatThrownBy(source::token)
                .isInstanceOf(NeedsLoginException.class)
                .hasMessageContaining("invalid_grant")
                .hasMessageContaining("mailroutes.accounts.support.refresh-token");
        assertThat(given.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aPermanentErrorInTheBackgroundIsTold() {
        source.token();
        given.clock.advance(Duration.ofMinutes(56));
        given.server.nextToken(FakeAnswer.json(400, REVOKED));
        source.token();
        given.runBackground();

        assertThatThrownBy(source::token).isInstanceOf(NeedsLoginException.class);
        assertThat(source.cached()).isEmpty();
    }

    @Test
    void newStoredTokensEndThePermanentError() {
        given.server.nextToken(FakeAnswer.json(400, REVOKED));
        assertThatThrownBy(source::token).isInstanceOf(NeedsLoginException.class);

        AccessToken ofAnotherProcess = given.source().token();

        assertThat(source.token()).isEqualTo(ofAnotherProcess);
    }

    @Test
    void aStoreThatCannotBeReadDoesNotEndThePermanentError() {
        source.token();
        source.refused("the mailbox is closed");
        given.store.failLoading(Failures.busy());

        assertThatThrownBy(source::token).isInstanceOf(NeedsLoginException.class);
        assertThat(given.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aRejectedTokenIsNotHandedOutAgain() {
        AccessToken first = source.token();
        source.reject(first);

        assertThat(source.cached()).isEmpty();
        assertThat(source.token()).isNotEqualTo(first);
        assertThat(given.server.tokenRequests()).isEqualTo(2);
    }

    @Test
    void aRejectionThatComesLateHasNoEffectOnTheNewerToken() {
        AccessToken first = source.token();
        source.reject(first);
        AccessToken second = source.token();
        source.reject(first);

        assertThat(source.token()).isEqualTo(second);
        assertThat(given.server.tokenRequests()).isEqualTo(2);
    }

    @Test
    void aRejectedTokenIsNotUsedAgainWhileTheServerIsOutOfOrder() {
        source.reject(source.token());
        given.server.nextToken(FakeAnswer.json(503, OUT_OF_ORDER));

        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);
    }

    @Test
    void aServerThatGivesTheRejectedTokenAgainEndsInNeedsLogin() {
        String same = "{\"token_type\":\"Bearer\",\"access_token\":\"always\",\"expires_in\":3600}";
        given.server.nextToken(FakeAnswer.json(200, same)).nextToken(FakeAnswer.json(200, same));
        source.reject(source.token());

        assertThatThrownBy(source::token)
                .isInstanceOf(NeedsLoginException.class)
                .hasMessageContaining("same access token again");
    }

    @Test
    void aRefusedAccountHandsOutNothingAndSaysWhy() {
        source.token();
        source.refused("Account support: no permission on the mailbox");

        assertThat(source.cached()).isEmpty();
        assertThatThrownBy(source::token)
                .isInstanceOf(NeedsLoginException.class)
                .hasMessage("Account support: no permission on the mailbox");
        assertThat(given.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aBusyStoreIsTransientAndASpoiledOneNeedsAPerson() {
        given.store.failLoading(Failures.busy());
        assertThatThrownBy(source::token).isInstanceOf(TransientTokenException.class);

        given.clock.advance(Duration.ofMinutes(1));
        given.store.failLoading(Failures.spoiled());
        assertThatThrownBy(source::token)
                .isInstanceOf(NeedsLoginException.class)
                .hasMessageContaining("Account support: sealed with another key");
        assertThat(given.server.tokenRequests()).isZero();
    }

    @Test
    void anInterruptedThreadStillGetsItsTokenAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        assertThat(source.token()).isNotNull();
        assertThat(Thread.interrupted()).isTrue();
    }
}
