package io.mailroutes.smtp;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.token.TokenSource;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Hands out these tokens, the next one after each rejection of the current one; the last one stays. */
final class ListedTokens implements TokenSource {
    private final Deque<AccessToken> left = new ArrayDeque<>();
    final List<String> rejected = new ArrayList<>();
    final List<String> refusals = new ArrayList<>();

    ListedTokens(String... tokens) {
        for (String token : tokens) {
            left.add(new AccessToken(Secret.of(token), Instant.EPOCH, Instant.MAX, Optional.empty()));
        }
    }

    @Override
    public synchronized AccessToken token() {
        return left.element();
    }

    @Override
    public synchronized Optional<AccessToken> cached() {
        return Optional.ofNullable(left.peek());
    }

    @Override
    public synchronized void reject(AccessToken token) {
        rejected.add(token.value().reveal());
        if (left.size() > 1 && left.element().equals(token)) {
            left.remove();
        }
    }

    @Override
    public synchronized void refused(String reason) {
        refusals.add(reason);
    }
}
