package io.mailroutes.token;

import io.mailroutes.oauth.AccessToken;
import java.util.Optional;

/** One token that is still to be proved, and no other: refused, it is handed out again, and whoever asks sees that. */
public record NewToken(AccessToken token) implements TokenSource {
    @Override
    public Optional<AccessToken> cached() {
        return Optional.of(token);
    }

    @Override
    public void reject(AccessToken refused) {
        // There is no other one to hand out.
    }

    @Override
    public void refused(String reason) {
        // Whoever proves the token gets the reason as an exception.
    }
}
