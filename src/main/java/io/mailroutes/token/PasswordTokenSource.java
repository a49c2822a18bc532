package io.mailroutes.token;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The password of an account with {@code grant=password}, in the form of a token that never expires. A refused one is
 * not tried again before the configuration changes: repeated wrong passwords lock mailboxes.
 */
final class PasswordTokenSource implements TokenSource {
    private final String account;
    private final AccessToken password;
    private final Standing standing;
    private final AtomicReference<Optional<String>> refusal = new AtomicReference<>(Optional.empty());

    PasswordTokenSource(String account, Secret password, Standing standing) {
        this.account = account;
        this.standing = standing;
        this.password = new AccessToken(password, Instant.EPOCH, Instant.MAX, Optional.empty());
    }

    @Override
    public AccessToken token() {
        refusal.get().ifPresent(reason -> {
            throw new NeedsLoginException(reason);
        });
        return password;
    }

    @Override
    public Optional<AccessToken> cached() {
        return refusal.get().isPresent() ? Optional.empty() : Optional.of(password);
    }

    @Override
    public void reject(AccessToken token) {
        if (token.value().equals(password.value())) {
            refused("Account " + account
                    + ": the mail server does not accept the password. Correct mailroutes.accounts." + account
                    + ".password and start again.");
        }
    }

    @Override
    public void refused(String reason) {
        refusal.set(Optional.of(reason));
        standing.refused(reason);
    }
}
