package io.mailroutes.token;

import io.mailroutes.account.OAuthBehaviour;
import io.mailroutes.oauth.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a refresh token is to be used although nobody needs an access token, so that it does not die of disuse: once a
 * week, earlier where that is more than half of what the provider allows, and by the provider's own calendar where it
 * has one. A refresh token whose end has been told is used half-way to it: some servers move the end with each use.
 */
final class KeepAlive {
    private static final Duration WEEK = Duration.ofDays(7);
    /** Ends the halving where a server does not move the end. */
    private static final Duration SHORTEST = Duration.ofMinutes(10);

    private static final LocalDate ANY_DAY = LocalDate.EPOCH;

    private final Duration interval;
    private final boolean endsWithAccessToken;
    private final double jitter;

    /** @param jitter from 0 up to 1: takes up to a fifth off each interval */
    KeepAlive(Optional<OAuthBehaviour> behaviour, double jitter) {
        Optional<Duration> calendar =
                behaviour.flatMap(OAuthBehaviour::refreshEvery).map(KeepAlive::duration);
        Optional<Duration> halfIdle = behaviour
                .flatMap(OAuthBehaviour::refreshTokenIdle)
                .map(idle -> duration(idle).dividedBy(2));
        this.interval = calendar.or(() -> halfIdle.filter(half -> half.compareTo(WEEK) < 0))
                .orElse(WEEK);
        this.endsWithAccessToken = calendar.isPresent();
        this.jitter = jitter;
    }

    /** When the stored refresh token is to be used; empty when its last use is not known. */
    Optional<Instant> due(StoredTokens stored) {
        return stored.history().usedAt().map(used -> used.plus(shortened(span(used, end(stored)))));
    }

    /** A provider that wants its calendar kept (Yandex) ends the refresh token with the access token. */
    private Optional<Instant> end(StoredTokens stored) {
        return stored.history().endsAt().or(() -> stored.accessToken()
                .filter(token -> endsWithAccessToken)
                .map(AccessToken::expiresAt));
    }

    private Duration span(Instant used, Optional<Instant> end) {
        Duration half = end.filter(used::isBefore)
                .map(then -> Duration.between(used, then).dividedBy(2))
                .orElse(interval);
        Duration least = half.compareTo(SHORTEST) > 0 ? half : SHORTEST;
        return least.compareTo(interval) < 0 ? least : interval;
    }

    private Duration shortened(Duration span) {
        return Duration.ofMillis((long) (span.toMillis() * (1 - jitter / 5)));
    }

    private static Duration duration(Period period) {
        return Duration.between(
                ANY_DAY.atStartOfDay(ZoneOffset.UTC), ANY_DAY.plus(period).atStartOfDay(ZoneOffset.UTC));
    }
}
