package io.mailroutes.testing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** The device endpoint of {@link FakeAuthorizationServer} (RFC 8628): a person consents when the queued errors are used up. */
public final class FakeDevice {
    private record Code(String clientId, String scope, Optional<String> challenge) {}

    private final FakeConsent consent;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final List<String> issued = new CopyOnWriteArrayList<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Map<String, Object> overrides = new ConcurrentHashMap<>();
    private volatile boolean wantsPkce;

    FakeDevice(FakeConsent consent) {
        this.consent = consent;
    }

    /** The errors of the next polls, before the person consents. */
    public FakeDevice first(String... codes) {
        errors.addAll(List.of(codes));
        return this;
    }

    /** Replaces a member of the answer to a device; an empty text takes it out. */
    public FakeDevice answering(String member, Object value) {
        overrides.put(member, value);
        return this;
    }

    /** As Keycloak, for a client that has to use PKCE. */
    public FakeDevice wantingPkce() {
        wantsPkce = true;
        return this;
    }

    /** The device codes issued, oldest first. */
    public List<String> codes() {
        return List.copyOf(issued);
    }

    /** For a client that has proved itself. */
    FakeAnswer authorize(Map<String, String> form) {
        if (wantsPkce && !"S256".equals(form.get("code_challenge_method"))) {
            return FakeAnswer.json(
                    400,
                    "{\"error\":\"invalid_request\",\"error_description\":\"Missing parameter: code_challenge_method\"}");
        }
        String code = "device-" + UUID.randomUUID();
        codes.put(
                code,
                new Code(
                        form.get("client_id"),
                        form.getOrDefault("scope", ""),
                        Optional.ofNullable(form.get("code_challenge"))));
        issued.add(code);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("device_code", code);
        answer.put("user_code", "WDJB-MJHT");
        answer.put("verification_uri", "https://login.example.com/device");
        answer.put("expires_in", 600);
        answer.put("interval", 1);
        answer.putAll(overrides);
        answer.values().removeIf(""::equals);
        return FakeAnswer.json(200, Wire.json(answer));
    }

    FakeAnswer poll(FakeGrants.Client client, Map<String, String> form) {
        String error = errors.poll();
        if (error != null) {
            return FakeAnswer.json(400, Wire.json(Map.of("error", error)));
        }
        Code code = codes.remove(form.getOrDefault("device_code", ""));
        boolean good = code != null
                && code.clientId().equals(client.id())
                && code.challenge()
                        .equals(Optional.ofNullable(form.get("code_verifier")).map(FakeConsent::challenge));
        return good
                ? consent.tokens(client, code.scope())
                : FakeAnswer.json(400, "{\"error\":\"bad_verification_code\"}");
    }
}
