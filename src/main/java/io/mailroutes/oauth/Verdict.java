package io.mailroutes.oauth;

import io.mailroutes.oauth.PermanentOAuthException.Kind;
import java.util.Optional;

/**
 * What a failure means.
 *
 * @param kind empty when trying later may help
 * @param advice sentences that say what to do; in the language of {@link Advice}
 */
record Verdict(Optional<Kind> kind, String advice) {
    static Verdict later(String advice) {
        return new Verdict(Optional.empty(), advice);
    }

    static Verdict permanent(Kind kind, String advice) {
        return new Verdict(Optional.of(kind), advice);
    }
}
