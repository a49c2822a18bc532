package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens that live, and the refresh tokens that were spent. A refresh token works once; a second use kills all that
 * came from the same first one (RFC 9700 section 4.14.2). Safe for many threads.
 */
final class SandboxTokens {
    private static final int TOKEN_BYTES = 32;

    /** @param refreshToken only where one was used, or somebody consented */
    record Issued(String accessToken, Duration life, Optional<String> refreshToken) {}

    private record Access(String user, Instant expiresAt, long family) {}

    private record Refresh(String clientId, String user, long family) {}

    private final Clock clock;
    private final Duration life;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Access> accessTokens = new HashMap<>();
    private final Map<String, Refresh> refreshTokens = new HashMap<>();
    private final Set<String> spent = new HashSet<>();
    private final Set<Long> deadFamilies = new HashSet<>();
    private long families;

    SandboxTokens(Clock clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    /** An access token alone. */
    synchronized Issued issue(SandboxClient client) {
        families++;
        return new Issued(newAccessToken(client.user(), families), life, Optional.empty());
    }

    /** The first refresh token of a new family, as a consent would give it. */
    synchronized String newRefreshToken(SandboxClient client) {
        families++;
        return newRefreshToken(client, client.user(), families);
    }

    /** What somebody has consented to, whose mailbox it opens. */
    synchronized Issued consented(SandboxClient client, String user) {
        families++;
        String refreshToken = newRefreshToken(client, user, families);
        return new Issued(newAccessToken(user, families), life, Optional.of(refreshToken));
    }

    /** The {@code code_challenge} of a verifier by S256 (RFC 7636 section 4.6). */
    static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Spends the refresh token and gives a new one beside the access token. */
    synchronized Issued refresh(SandboxClient client, String refreshToken) {
        Refresh known = refreshTokens.get(refreshToken);
        if (known == null || !known.clientId().equals(client.id())) {
            throw new TokenRefusal("invalid_grant", "the refresh token is unknown");
        }
        if (!spent.add(refreshToken)) {
            deadFamilies.add(known.family());
        }
        if (deadFamilies.contains(known.family())) {
            throw new TokenRefusal(
                    "invalid_grant", "the refresh token was used twice, so all of its family is revoked");
        }
        String next = newRefreshToken(client, known.user(), known.family());
        return new Issued(newAccessToken(known.user(), known.family()), life, Optional.of(next));
    }

    /** Whose mailbox a live access token opens. */
    synchronized Optional<String> userOf(String accessToken) {
        Instant now = clock.instant();
        return Optional.ofNullable(accessTokens.get(accessToken))
                .filter(access -> now.isBefore(access.expiresAt()))
                .filter(access -> !deadFamilies.contains(access.family()))
                .map(Access::user);
    }

    private String newAccessToken(String user, long family) {
        Instant now = clock.instant();
        accessTokens.values().removeIf(access -> !now.isBefore(access.expiresAt()));
        String token = newToken();
        accessTokens.put(token, new Access(user, now.plus(life), family));
        return token;
    }

    private String newRefreshToken(SandboxClient client, String user, long family) {
        String token = newToken();
        refreshTokens.put(token, new Refresh(client.id(), user, family));
        return token;
    }

    String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
