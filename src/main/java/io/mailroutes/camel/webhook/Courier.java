package io.mailroutes.camel.webhook;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.mailroutes.camel.Backoff;
import io.mailroutes.camel.SinkException;
import io.mailroutes.camel.SinkFailure.Kind;
import io.mailroutes.message.Mail;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a mail to the receiver, in as many tries as it takes and may take; each has a time and a signature of its own. */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final Target target;
    private final Bodies bodies;
    private final Signatures signatures;
    private final Credentials credentials;
    private final Poster poster;
    private final CircuitBreaker circuit;
    private final Tries tries;
    private final Clock clock;

    /** One request. */
    @FunctionalInterface
    interface Poster {
        Answer post(Body body, Map<String, String> headers) throws Exception;
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        /** @return false when there is no time left, because the route is being stopped */
        boolean await(Duration length) throws InterruptedException;
    }

    /**
     * How often, and how long it is waited between two.
     *
     * @param retries after the first try
     * @param longest no wait is longer; a receiver that asks for more is left to {@code mailbox:}
     */
    record Tries(int retries, Supplier<Backoff> backoff, Duration longest, Pause pause) {}

    private record Failed(SinkException failure, boolean again) {}

    Courier(
            Target target,
            Bodies bodies,
            Signatures signatures,
            Credentials credentials,
            Poster poster,
            CircuitBreaker circuit,
            Tries tries,
            Clock clock) {
        this.target = target;
        this.bodies = bodies;
        this.signatures = signatures;
        this.credentials = credentials;
        this.poster = poster;
        this.circuit = circuit;
        this.tries = tries;
        this.clock = clock;
    }

    /** Returns when the receiver has taken the mail. */
    void deliver(Mail mail) throws Exception {
        String id = mail.key().text();
        Backoff backoff = tries.backoff().get();
        try (Body body = bodies.of(mail)) {
            Optional<Failed> failed = tryOnce(id, body);
            for (int number = 1; failed.isPresent(); number++) {
                waitFor(failed.get(), number, id, backoff);
                failed = tryOnce(id, body);
            }
        }
        LOG.debug("{}: {} has taken it", id, target);
    }

    /** Throws what failed, when it makes no sense to wait or is waited for elsewhere. */
    private void waitFor(Failed failed, int number, String id, Backoff backoff)
            throws SinkException, InterruptedException {
        SinkException failure = failed.failure();
        if (!failed.again() || number > tries.retries()) {
            throw failure;
        }
        Duration wait = backoff.next(failure.retryAfter());
        if (wait.compareTo(tries.longest()) > 0) {
            throw failure;
        }
        LOG.info(
                "{}: try {} of {} failed, the next in {} ms: {}",
                id,
                number,
                tries.retries() + 1,
                wait.toMillis(),
                failure.getMessage());
        if (!tries.pause().await(wait)) {
            throw failure;
        }
    }

    private Optional<Failed> tryOnce(String id, Body body) throws Exception {
        Credentials.Shown shown = credentials.show();
        Optional<Answer> answer;
        try {
            answer = post(id, body, shown);
            if (answer.filter(Answer::isUnauthorized).isPresent()
                    && shown.renew().getAsBoolean()) {
                answer = post(id, body, credentials.show());
            }
        } catch (IOException | IllegalStateException e) {
            return Optional.of(new Failed(NetworkTrouble.of(target, e), true));
        }
        if (answer.isEmpty()) {
            return Optional.of(new Failed(open(), false));
        }
        Answer given = answer.get();
        return given.isTaken()
                ? Optional.empty()
                : Optional.of(new Failed(given.failure(target), given.isWorthAnotherTry()));
    }

    private SinkException open() {
        String words = "mail-webhook-sink: " + target + " failed five times in a row, so nothing is sent to it for up"
                + " to 30 s";
        return new SinkException(Kind.SINK, words, Duration.ZERO, null);
    }

    /** Empty when nothing was sent, for the circuit is open. */
    private Optional<Answer> post(String id, Body body, Credentials.Shown shown) throws Exception {
        if (!circuit.tryAcquirePermission()) {
            return Optional.empty();
        }
        boolean told = false;
        long begin = System.nanoTime();
        try {
            Answer answer = poster.post(body, headers(id, body, shown));
            told = true;
            tell(answer, System.nanoTime() - begin);
            return Optional.of(answer);
        } catch (IOException e) {
            told = true;
            // The breaker writes it to its log: what a server sent, which may echo a credential, is not in there.
            circuit.onError(System.nanoTime() - begin, TimeUnit.NANOSECONDS, NetworkTrouble.of(target, e));
            throw e;
        } finally {
            if (!told) {
                circuit.releasePermission();
            }
        }
    }

    /** A receiver that refuses one mail works. */
    private void tell(Answer answer, long nanos) {
        if (answer.isTaken() || answer.kind() == Kind.MAIL) {
            circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else {
            circuit.onError(nanos, TimeUnit.NANOSECONDS, answer.failure(target));
        }
    }

    private Map<String, String> headers(String id, Body body, Credentials.Shown shown) throws IOException {
        Instant now = clock.instant();
        Map<String, String> headers = new LinkedHashMap<>(shown.headers());
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        if (!signatures.isEmpty()) {
            headers.put("webhook-signature", signatures.sign(id, now, body.content()));
        }
        headers.put("Idempotency-Key", id);
        return headers;
    }
}
