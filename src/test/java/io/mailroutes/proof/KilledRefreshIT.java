package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.OAuthBehaviour.Rotation;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.token.StoredTokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A process is killed in the middle of a refresh. The next one still gets tokens, or says why it cannot; it never asks
 * on and on, and the store is never without tokens. More random rounds: {@code -Dmailroutes.token.kills=200}.
 */
@Timeout(300)
class KilledRefreshIT {
    private static final int ROUNDS = Integer.getInteger("mailroutes.token.kills", 25);
    /** Past the life of the token that is stored, and past any lease. */
    private static final int LATER = 7200;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "NONE,           BEFORE_SENDING,    TOKEN",
        "NONE,           BEFORE_THE_ANSWER, TOKEN",
        "NONE,           BEFORE_SAVING,     TOKEN",
        "NONE,           AFTER_SAVING,      TOKEN",
        "REPLACED,       BEFORE_SENDING,    TOKEN",
        "REPLACED,       BEFORE_THE_ANSWER, NEEDS_LOGIN",
        "REPLACED,       BEFORE_SAVING,     NEEDS_LOGIN",
        "REPLACED,       AFTER_SAVING,      TOKEN",
        "REPLAY_REVOKES, BEFORE_SENDING,    TOKEN",
        "REPLAY_REVOKES, BEFORE_THE_ANSWER, NEEDS_LOGIN",
        "REPLAY_REVOKES, BEFORE_SAVING,     NEEDS_LOGIN",
        "REPLAY_REVOKES, AFTER_SAVING,      TOKEN"
    })
    void theNextProcessGoesOnOrSaysWhyItCannot(Rotation rotation, KillPoint point, String outcome) throws Exception {
        try (TokenWorld world = new TokenWorld(directory, rotation)) {
            assertThat(world.ask(1, 0)).singleElement().asString().startsWith("TOKEN ");
            killAt(world, point);
            assertThat(world.stored().flatMap(StoredTokens::refreshToken)).isPresent();

            int before = world.server().tokenRequests();
            List<String> answers = world.ask(5, 2 * LATER);
            assertThat(answers).hasSize(5).allMatch(answer -> answer.startsWith(outcome + " "));
            assertThat(world.server().tokenRequests() - before).isLessThanOrEqualTo(1);
            List<String> again = world.ask(5, 2 * LATER);
            assertThat(world.server().tokenRequests() - before).isLessThanOrEqualTo(2);
            if (outcome.equals("NEEDS_LOGIN")) {
                assertThat(answers).allMatch(answer -> answer.contains("UTC was lost, because the process ended"));
                assertThat(again).isEqualTo(answers);
            } else {
                assertThat(again).isEqualTo(answers);
                assertThat(world.server().isLive(answers.get(0).substring("TOKEN ".length())))
                        .isTrue();
            }
        }
    }

    private static void killAt(TokenWorld world, KillPoint point) throws Exception {
        if (point != KillPoint.BEFORE_THE_ANSWER) {
            world.endAt(point, LATER);
            return;
        }
        CountDownLatch killed = new CountDownLatch(1);
        int issued = world.server().tokensIssued().size();
        int before = world.server().tokenRequests();
        world.server().nextToken(FakeAnswer.held(killed));
        try (TokenWorld.Running running = world.start(LATER, "ask", 1)) {
            Await.until("the request", () -> world.server().tokenRequests() > before);
            running.kill();
        }
        killed.countDown();
        Await.until("the server does it", () -> world.server().tokensIssued().size() > issued);
    }

    /** With its real clock: the lease of the dead holder is waited for. */
    @Test
    void theLeaseOfAKilledProcessIsWaitedForAndTheRefreshTokenNotReplayedBeforeTheAccessTokenEnds() throws Exception {
        try (TokenWorld world = new TokenWorld(directory, Rotation.REPLAY_REVOKES)) {
            world.server().tokenLife(Duration.ofSeconds(2));
            String consent = world.ask(1, 0).get(0);
            world.endAt(KillPoint.BEFORE_SENDING, 3);
            long start = System.nanoTime();
            List<String> answers = world.ask(1, 3);
            assertThat(answers).singleElement().asString().startsWith("TOKEN ").isNotEqualTo(consent);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(45));
            assertThat(world.server().refreshTokenReuses()).isZero();
        }
    }

    @Test
    void thereAreAlwaysTokensWhateverTheInstantOfTheKill() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int refreshes = 0;
        int inARequest = 0;
        try (TokenWorld world = new TokenWorld(directory, Rotation.OLD_STAYS_VALID)) {
            world.ask(1, 0);
            for (int round = 1; round <= ROUNDS; round++) {
                int before = world.server().tokenRequests();
                int enough = before + 1 + random.nextInt(5);
                try (TokenWorld.Running running = world.start(round * LATER, "spend", 1)) {
                    Await.until("some refreshes", () -> world.server().tokenRequests() >= enough);
                    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(100)).toNanos());
                    running.kill();
                }
                refreshes += world.server().tokenRequests() - before;
                StoredTokens stored = world.stored().orElseThrow();
                inARequest += stored.history().askedAt().isPresent() ? 1 : 0;
                assertThat(stored.refreshToken()
                                .map(token -> world.server().grants().knows(token.reveal())))
                        .as("seed %s, round %s", seed, round)
                        .contains(true);
            }
            assertThat(world.ask(1, (ROUNDS + 1) * LATER))
                    .singleElement()
                    .asString()
                    .startsWith("TOKEN ");
        }
        System.out.printf(
                "KilledRefreshIT: %d kills, %d between a request and its answer's save, %d refreshes; never without"
                        + " tokens (seed %d)%n",
                ROUNDS, inARequest, refreshes, seed);
    }
}
