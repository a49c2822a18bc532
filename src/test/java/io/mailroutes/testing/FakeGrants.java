package io.mailroutes.testing;

import io.mailroutes.account.OAuthBehaviour.Rotation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** The memory of {@link FakeAuthorizationServer}: clients, tokens and families of refresh tokens. */
public final class FakeGrants {
    /** Who may ask; a client without a secret is public. */
    record Client(String id, Optional<String> secret, String user) {}

    /** A live access token. */
    record Live(String user, String clientId, String scope, Instant expiresAt, String family) {}

    private record Refresh(String clientId, String family) {}

    /** What a grant gave. */
    record Issued(String accessToken, Optional<String> refreshToken) {}

    private final Clock clock;
    private final Map<String, Client> clients = new HashMap<>();
    private final Map<String, Live> access = new HashMap<>();
    private final Map<String, Refresh> refresh = new HashMap<>();
    private final Map<String, Refresh> spent = new HashMap<>();
    private final Set<String> deadFamilies = new TreeSet<>();
    private final List<String> issued = new ArrayList<>();
    private Duration life = Duration.ofHours(1);
    private Rotation rotation = Rotation.REPLAY_REVOKES;
    private int reuses;

    FakeGrants(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(Client client) {
        clients.put(client.id(), client);
    }

    synchronized Optional<Client> client(String id) {
        return Optional.ofNullable(clients.get(id));
    }

    synchronized void life(Duration life) {
        this.life = life;
    }

    synchronized Duration life() {
        return life;
    }

    synchronized void rotation(Rotation kind) {
        this.rotation = kind;
    }

    synchronized String newRefreshToken(String clientId) {
        return newRefreshToken(clientId, "family-" + UUID.randomUUID());
    }

    private String newRefreshToken(String clientId, String family) {
        String token = "rt-" + UUID.randomUUID();
        refresh.put(token, new Refresh(clientId, family));
        return token;
    }

    synchronized Issued issue(Client client, String scope) {
        return new Issued(newAccessToken(client, scope, "none-" + UUID.randomUUID()), Optional.empty());
    }

    /** As after a consent: with a refresh token. */
    synchronized Issued consented(Client client, String scope) {
        String family = "family-" + UUID.randomUUID();
        return new Issued(newAccessToken(client, scope, family), Optional.of(newRefreshToken(client.id(), family)));
    }

    private String newAccessToken(Client client, String scope, String family) {
        String token = "at-" + UUID.randomUUID();
        access.put(
                token,
                new Live(client.user(), client.id(), scope, clock.instant().plus(life), family));
        issued.add(token);
        return token;
    }

    /** Empty is {@code invalid_grant}; a spent token kills its whole family when reuse is detected. */
    synchronized Optional<Issued> refresh(Client client, String token, String scope) {
        Refresh reused = spent.get(token);
        if (reused != null) {
            reuses++;
        }
        if (reused != null && rotation == Rotation.REPLAY_REVOKES) {
            deadFamilies.add(reused.family());
        }
        Refresh known = refresh.get(token);
        if (known == null || !known.clientId().equals(client.id()) || deadFamilies.contains(known.family())) {
            return Optional.empty();
        }
        String accessToken = newAccessToken(client, scope, known.family());
        if (rotation == Rotation.NONE) {
            return Optional.of(new Issued(accessToken, Optional.empty()));
        }
        spent.put(token, known);
        if (rotation != Rotation.OLD_STAYS_VALID) {
            refresh.remove(token);
        }
        return Optional.of(new Issued(accessToken, Optional.of(newRefreshToken(client.id(), known.family()))));
    }

    /** Why {@link #refresh} gave nothing: a spent token in the words of Keycloak, any other in those of Google. */
    synchronized String refusal(String token) {
        return spent.containsKey(token)
                ? "Maximum allowed refresh token reuse exceeded"
                : "Token has been expired or revoked.";
    }

    /** Kills an access token, or a refresh token with everything that came from it. */
    synchronized void revoke(String token) {
        access.remove(token);
        Refresh known = refresh.containsKey(token) ? refresh.get(token) : spent.get(token);
        if (known != null) {
            deadFamilies.add(known.family());
        }
    }

    synchronized void revokeAll() {
        access.clear();
        refresh.clear();
        spent.clear();
    }

    synchronized Optional<Live> live(String token) {
        return Optional.ofNullable(access.get(token))
                .filter(found -> clock.instant().isBefore(found.expiresAt()))
                .filter(found -> !deadFamilies.contains(found.family()));
    }

    /** What introspection says (RFC 7662 section 2.2). */
    Map<String, Object> description(String token) {
        Optional<Live> live = live(token);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("active", live.isPresent());
        live.ifPresent(found -> {
            answer.put("username", found.user());
            answer.put("email", found.user());
            answer.put("sub", found.user());
            answer.put("client_id", found.clientId());
            answer.put("scope", found.scope());
            answer.put("token_type", "Bearer");
            answer.put("exp", found.expiresAt().getEpochSecond());
        });
        return answer;
    }

    /** Whether the refresh token would be taken now. */
    public synchronized boolean knows(String refreshToken) {
        Refresh known = refresh.get(refreshToken);
        return known != null && !deadFamilies.contains(known.family());
    }

    /** When an access token ends, whether it was revoked or not; empty when it was never issued. */
    public synchronized Optional<Instant> expiresAt(String accessToken) {
        return Optional.ofNullable(access.get(accessToken)).map(Live::expiresAt);
    }

    synchronized List<String> issued() {
        return List.copyOf(issued);
    }

    synchronized int reuses() {
        return reuses;
    }
}
