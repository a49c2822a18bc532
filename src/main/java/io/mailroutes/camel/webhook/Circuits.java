package io.mailroutes.camel.webhook;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;

/**
 * One circuit breaker for each URL of a Camel context, whichever route uses it. After five failures in a row nothing is
 * sent for 30 s; then one request tries whether the receiver is back. A share of failures would not do: a receiver that
 * has just come back would be left alone for its past.
 */
final class Circuits {
    private final Map<String, CircuitBreaker> circuits = new ConcurrentHashMap<>();

    static Circuits of(CamelContext context) {
        synchronized (context) {
            Circuits known = context.getCamelContextExtension().getContextPlugin(Circuits.class);
            if (known != null) {
                return known;
            }
            Circuits fresh = new Circuits();
            context.getCamelContextExtension().addContextPlugin(Circuits.class, fresh);
            return fresh;
        }
    }

    CircuitBreaker of(Target target, Clock clock) {
        return circuits.computeIfAbsent(
                target.origin() + target.requestTarget(),
                url -> CircuitBreaker.of(target.toString(), settings(clock))); // its name is shown around
    }

    private static CircuitBreakerConfig settings(Clock clock) {
        return CircuitBreakerConfig.custom()
                .slidingWindowSize(5)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(100)
                .waitDurationInOpenState(Duration.ofSeconds(30))
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock)
                .build();
    }
}
