package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.oauth.AccessToken;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManyAtOnceTest {
    private final SourceFixture given = new SourceFixture();
    private final ExecutorService threads = Executors.newFixedThreadPool(50);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        threads.shutdownNow();
        given.close();
    }

    private List<Future<AccessToken>> ask(int times, Callable<AccessToken> question) {
        List<Future<AccessToken>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(threads.submit(question));
        }
        return answers;
    }

    private void untilAsked(int requests) {
        while (given.server.tokenRequests() < requests) {
            Thread.onSpinWait();
        }
    }

    @Test
    void fiftyThreadsMakeOneRequestAndGetOneToken() throws Exception {
        given.server.nextToken(FakeAnswer.held(release));
        TokenSource source = given.source();
        List<Future<AccessToken>> answers = ask(50, source::token);
        untilAsked(1);
        release.countDown();

        Set<AccessToken> tokens = new HashSet<>();
        for (Future<AccessToken> answer : answers) {
            tokens.add(answer.get());
        }
        assertThat(tokens).hasSize(1);
        assertThat(given.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void fiftyThreadsShareOneFailure() {
        given.server.nextToken(FakeAnswer.json(503, "{}"));
        TokenSource source = given.source();

        for (Future<AccessToken> answer : ask(50, source::token)) {
            assertThatThrownBy(answer::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TransientTokenException.class);
        }
        assertThat(given.server.tokenRequests()).isEqualTo(1);
    }

    @Test
    void aStaleTokenDoesNotWaitForItsRefresh() throws Exception {
        TokenSource source = given.source();
        AccessToken first = source.token();
        given.clock.advance(Duration.ofMinutes(56));
        given.executor = threads;
        given.server.nextToken(FakeAnswer.held(release));

        assertThat(source.token()).isEqualTo(first);
        untilAsked(2);
        assertThat(source.token()).isEqualTo(first);

        given.clock.advance(Duration.ofMinutes(3));
        Future<AccessToken> joined = threads.submit(source::token);
        release.countDown();
        assertThat(joined.get()).isNotEqualTo(first);
        assertThat(given.server.tokenRequests()).isEqualTo(2);
    }

    @Test
    void twoSourcesOnOneStoreMakeOneRequest() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        given.pause = time -> {
            waiting.countDown();
            release.await();
            while (!given.store.idle()) {
                Thread.onSpinWait();
            }
        };
        given.server.nextToken(FakeAnswer.held(release));
        Future<AccessToken> first = threads.submit(given.source()::token);
        untilAsked(1);
        Future<AccessToken> second = threads.submit(given.source()::token);
        waiting.await();
        release.countDown();

        assertThat(second.get()).isEqualTo(first.get());
        assertThat(given.server.requests(Kind.CLIENT_CREDENTIALS)).isEqualTo(1);
        assertThat(given.store.idle()).isTrue();
    }

    @Test
    void aLeaseWhoseHolderDiedIsTakenOverWhenItsTimeIsOver() {
        Instant start = given.clock.instant();
        given.store.acquire("token/support", "a process that died", start.plusSeconds(30), start);

        assertThat(given.source().token()).isNotNull();
        assertThat(Duration.between(start, given.clock.instant())).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aLeaseThatIsNeverGivenBackIsATransientErrorAndNoRequest() {
        Instant start = given.clock.instant();
        given.store.acquire("token/support", "a process with a fast clock", start.plusSeconds(3600), start);

        assertThatThrownBy(given.source()::token)
                .isInstanceOf(TransientTokenException.class)
                .hasMessageContaining("other processes");
        assertThat(given.server.tokenRequests()).isZero();
    }

    @Test
    void aThreadInterruptedBeforeItsTurnGivesUpAndAnotherTakesOver() {
        Instant start = given.clock.instant();
        given.store.acquire("token/support", "another process", start.plusSeconds(30), start);
        given.pause = time -> {
            given.pause = given.clock::advance;
            throw new InterruptedException();
        };
        TokenSource source = given.source();

        assertThatThrownBy(source::token)
                .isInstanceOf(TransientTokenException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(source.token()).isNotNull();
    }
}
