package io.mailroutes.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.mailroutes.account.Secret;
import io.mailroutes.camel.Backoff;
import io.mailroutes.camel.SinkException;
import io.mailroutes.camel.SinkFailure.Kind;
import io.mailroutes.testing.SettableClock;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tries, pauses and the circuit, by a clock that only pauses move. */
class CourierTest {
    private static final Target TARGET = Target.of("https://h.example/x", false);
    private static final RandomGenerator LONGEST = () -> -1L;

    @TempDir
    Path temporary;

    private final SettableClock clock = new SettableClock();
    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<Map<String, String>> sent = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final CircuitBreaker circuit = new Circuits().of(TARGET, clock);
    private Instant upAt = Instant.MIN;
    private boolean stopping;

    private Courier courier(int retries) {
        return courier(retries, Credentials.none());
    }

    private Courier courier(int retries, Credentials credentials) {
        Courier.Tries tries = new Courier.Tries(
                retries,
                () -> new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10), LONGEST),
                Duration.ofSeconds(10),
                this::pause);
        Bodies bodies = new Bodies(Bodies.Format.JSON, 0, Optional.empty(), temporary, LONGEST);
        Signatures signatures = Signatures.of(List.of(new Signatures.Named("webhook", Secret.of(WebhookHost.SECRET))));
        return new Courier(TARGET, bodies, signatures, credentials, this::post, circuit, tries, clock);
    }

    private boolean pause(Duration length) {
        pauses.add(Math.round(length.toMillis() / 1000.0));
        clock.advance(length);
        return !stopping;
    }

    private Answer post(Body body, Map<String, String> headers) throws IOException {
        sent.add(headers);
        if (clock.instant().isBefore(upAt)) {
            throw new ConnectException("refused");
        }
        Object next = answers.isEmpty() ? 204 : answers.pop();
        if (next instanceof IOException trouble) {
            throw trouble;
        }
        return next instanceof Answer answer ? answer : new Answer((Integer) next, Duration.ZERO);
    }

    private SinkException failure(Courier courier) {
        try {
            courier.deliver(WebhookMails.plain(7));
        } catch (SinkException e) {
            return e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("it was delivered");
    }

    @Test
    void aReceiverThatFailsThreeTimesGetsTheSameKeyAndANewSignatureEachTime() throws Exception {
        answers.addAll(List.of(500, new ConnectException("x"), 503));
        courier(3).deliver(WebhookMails.plain(7));
        assertThat(pauses).containsExactly(1L, 2L, 4L);
        assertThat(sent)
                .extracting(headers -> headers.get("webhook-id"))
                .hasSize(4)
                .containsOnly("box/INBOX/1/7");
        assertThat(sent).extracting(headers -> headers.get("Idempotency-Key")).containsOnly("box/INBOX/1/7");
        assertThat(sent).extracting(headers -> headers.get("webhook-timestamp")).doesNotHaveDuplicates();
        assertThat(sent).extracting(headers -> headers.get("webhook-signature")).doesNotHaveDuplicates();
    }

    @Test
    void afterTheLastTryTheAttemptHasFailed() {
        answers.addAll(List.of(500, 502, 500));
        assertThat(failure(courier(1)).kind()).isEqualTo(Kind.SINK_OR_MAIL);
        assertThat(sent).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 403, 404, 410, 413, 422})
    void whatASecondTryDoesNotMakeBetterIsTriedOnce(int status) {
        answers.add(status);
        failure(courier(9));
        assertThat(sent).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void aShortRetryAfterIsWaitedForWithinTheAttempt() throws Exception {
        answers.add(new Answer(429, Duration.ofSeconds(9)));
        courier(3).deliver(WebhookMails.plain(7));
        assertThat(pauses).containsExactly(9L);
    }

    @Test
    void aLongOneIsLeftToTheMailboxAtOnce() {
        answers.add(new Answer(429, Duration.ofSeconds(90)));
        SinkException failure = failure(courier(3));
        assertThat(failure.kind()).isEqualTo(Kind.SINK);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(90));
        assertThat(sent).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @Test
    void whenTheRouteIsStoppedNoFurtherTryIsMade() {
        stopping = true;
        answers.addAll(List.of(503, 204));
        failure(courier(3));
        assertThat(sent).hasSize(1);
    }

    @Test
    void aReceiverThatIsDownForAMinuteIsLeftAloneAndGetsTheMailOnce() throws Exception {
        upAt = clock.instant().plusSeconds(60);
        Courier courier = courier(3);
        Backoff ofMailbox = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), LONGEST);
        int attempts = 0;
        for (boolean taken = false; !taken; attempts++) {
            try {
                courier.deliver(WebhookMails.plain(7));
                taken = true;
            } catch (SinkException e) {
                assertThat(e.kind()).isEqualTo(Kind.SINK);
                clock.advance(ofMailbox.next(e.retryAfter()));
            }
        }
        assertThat(clock.instant()).isAfterOrEqualTo(upAt);
        // 4 tries, then one until the circuit opens; one probe in 30 s after that.
        assertThat(sent).hasSizeLessThanOrEqualTo(8);
        assertThat(attempts).isLessThan(12);
        assertThat(circuit.getState()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    @Test
    void anOpenCircuitSendsNothingUntilOneProbeHasWorked() throws Exception {
        for (int i = 0; i < 5; i++) {
            answers.add(new ConnectException("x"));
            failure(courier(0));
        }
        assertThat(failure(courier(3))).hasMessageContaining("nothing is sent to it");
        assertThat(sent).hasSize(5);
        clock.advance(Duration.ofSeconds(31));
        answers.add(500);
        failure(courier(0));
        assertThat(failure(courier(0)).kind()).isEqualTo(Kind.SINK);
        assertThat(sent).hasSize(6);
        clock.advance(Duration.ofSeconds(31));
        courier(0).deliver(WebhookMails.plain(7));
        courier(0).deliver(WebhookMails.plain(8));
        assertThat(sent).hasSize(8);
    }

    @Test
    void aReceiverThatIsBackIsNotLeftAloneForItsPast() throws Exception {
        Courier courier = courier(4);
        for (int i = 0; i < 10; i++) {
            answers.addAll(List.of(500, 500, 500, 500));
            courier.deliver(WebhookMails.plain(i));
        }
        assertThat(sent).hasSize(50);
    }

    @Test
    void aMailThatIsRefusedIsNoReasonToOpenTheCircuit() throws Exception {
        for (int i = 0; i < 20; i++) {
            answers.add(422);
            assertThat(failure(courier(0)).kind()).isEqualTo(Kind.MAIL);
        }
        courier(0).deliver(WebhookMails.plain(7));
    }

    @Test
    void whatFailsBeforeAnythingIsSentLeavesTheCircuitAsItWas() {
        Courier broken = courier(0, () -> {
            throw new IllegalStateException("no token");
        });
        assertThatThrownBy(() -> broken.deliver(WebhookMails.plain(7))).hasMessage("no token");
        assertThat(circuit.getMetrics().getNumberOfBufferedCalls()).isZero();
    }

    @Test
    void credentialsThatAreRefusedAreRenewedOnce() throws Exception {
        List<String> shown = new ArrayList<>(List.of("old", "new"));
        Credentials renewing =
                () -> new Credentials.Shown(Map.of("Authorization", "Bearer " + shown.remove(0)), () -> true);
        answers.addAll(List.of(401, 401));
        assertThat(failure(courier(3, renewing)).kind()).isEqualTo(Kind.SINK);
        assertThat(sent)
                .extracting(headers -> headers.get("Authorization"))
                .containsExactly("Bearer old", "Bearer new");
    }
}
