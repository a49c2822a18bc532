package io.mailroutes.token;

import io.mailroutes.account.Account;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** How one account stands, in the words that people get. */
final class Standing {
    private final String account;
    private final String provider;
    private final Standings standings;
    private final Clock clock;

    Standing(Account account, Standings standings, Clock clock) {
        this.account = account.name();
        this.provider = account.provider();
        this.standings = standings;
        this.clock = clock;
    }

    void refused(String reason) {
        standings.refused(account, reason, clock.instant());
    }

    void works() {
        standings.cleared(account);
    }

    /** The reason with what the age of the consent says about it. */
    String ended(String reason, Optional<StoredTokens> tokens) {
        Optional<Duration> lived = tokens.flatMap(stored -> stored.history().consentedAt())
                .map(consent -> Duration.between(consent, clock.instant()));
        lived.ifPresent(time -> standings.consentEnded(account, time));
        boolean testing =
                lived.filter(time -> TestingConsent.isSeen(provider, time)).isPresent();
        return testing ? reason + " " + TestingConsent.ADVICE : reason;
    }
}
