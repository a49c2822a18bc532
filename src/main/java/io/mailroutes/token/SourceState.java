package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything a token source remembers, as one value that is replaced whole.
 *
 * @param token the token at hand
 * @param rejected the last token that a mail server refused
 * @param refusal why a person has to act; while it stands nothing is asked for
 * @param outage the last transient failure; over with the next success
 */
record SourceState(
        Optional<AccessToken> token, Optional<Secret> rejected, Optional<Refusal> refusal, Optional<Outage> outage) {
    static final SourceState EMPTY =
            new SourceState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @param seen what was stored then: when that changes, somebody has acted */
    record Refusal(String reason, Optional<StoredTokens> seen) {
        /** But for the times: a request that another process makes is no reason to try again. */
        boolean saw(Optional<StoredTokens> stored) {
            return seen.map(Refusal::timeless).equals(stored.map(Refusal::timeless));
        }

        private static StoredTokens timeless(StoredTokens tokens) {
            return tokens.with(TokenHistory.NONE);
        }
    }

    /** @param until the server is left alone before that */
    record Outage(int failures, Instant until, String message, Duration retryAfter) {
        TransientTokenException again() {
            return new TransientTokenException(message, retryAfter);
        }
    }

    SourceState with(AccessToken fresh) {
        return new SourceState(Optional.of(fresh), rejected, refusal, Optional.empty());
    }

    SourceState with(Outage failed) {
        return new SourceState(token, rejected, refusal, Optional.of(failed));
    }

    /** A refused account hands nothing out, not even what is at hand. */
    SourceState with(Refusal refused) {
        return new SourceState(
                Optional.empty(), token.map(AccessToken::value).or(() -> rejected), Optional.of(refused), outage);
    }

    SourceState without(AccessToken refused) {
        boolean atHand = token.isPresent() && token.get().value().equals(refused.value());
        return atHand ? new SourceState(Optional.empty(), Optional.of(refused.value()), refusal, outage) : this;
    }

    /** Somebody has acted: begin again. */
    SourceState reconsidered(Refusal old) {
        return refusal.equals(Optional.of(old))
                ? new SourceState(token, rejected, Optional.empty(), Optional.empty())
                : this;
    }

    Optional<Outage> outageAt(Instant now) {
        return outage.filter(failed -> now.isBefore(failed.until()));
    }
}
