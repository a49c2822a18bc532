package io.mailroutes.testing;

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
public final class ListedTokens implements TokenSource {
    private final Deque<AccessToken> left = new ArrayDeque<>();
    private final List<String> rejected = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    public ListedTokens(String... tokens) {
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

    /** The tokens that were rejected, in this order. */
    public synchronized List<String> rejected() {
        return List.copyOf(rejected);
    }

    /** The reasons of the refusals, in this order. */
    public synchronized List<String> refusals() {
        return List.copyOf(refusals);
    }
}
