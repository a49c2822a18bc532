package io.mailroutes.camel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which folder of one endpoint delivers a mail that is in several of them: the first that asks, until it is through.
 * In memory only, for a crash ends all deliveries.
 */
final class GmailClaims {
    /** @param waiting whom to wake when the claim ends */
    private record Claim(Object owner, Set<Signal> waiting) {}

    private final Map<Long, Claim> claims = new HashMap<>();

    /**
     * Whether the mail is the owner's now, or was before.
     *
     * @param wake raised when a mail that is another one's is that no more
     */
    synchronized boolean claim(long id, Object owner, Signal wake) {
        Claim claim = claims.computeIfAbsent(id, free -> new Claim(owner, new HashSet<>()));
        if (claim.owner() == owner) {
            return true;
        }
        claim.waiting().add(wake);
        return false;
    }

    synchronized boolean isClaimed(long id) {
        return claims.containsKey(id);
    }

    void release(long id, Object owner) {
        Set<Signal> waiting;
        synchronized (this) {
            Claim claim = claims.get(id);
            if (claim == null || claim.owner() != owner) {
                return;
            }
            claims.remove(id);
            waiting = claim.waiting();
        }
        waiting.forEach(Signal::raise);
    }
}
