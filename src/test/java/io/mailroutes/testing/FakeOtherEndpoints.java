package io.mailroutes.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** What {@link FakeAuthorizationServer} answers beside tokens and consents. */
final class FakeOtherEndpoints {
    private final FakeGrants grants;
    private final FakeConsent consent;
    private final FakeDevice device;
    private final FakeAssertions assertions;
    private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();

    FakeOtherEndpoints(FakeGrants grants, FakeConsent consent, FakeDevice device, FakeAssertions assertions) {
        this.grants = grants;
        this.consent = consent;
        this.device = device;
        this.assertions = assertions;
    }

    /** Those of devices and revocations, oldest first. */
    List<Map<String, String>> forms() {
        return List.copyOf(forms);
    }

    FakeAnswer device(HttpExchange exchange) throws IOException {
        Map<String, String> form = Wire.form(Wire.body(exchange));
        forms.add(form);
        return refusal(exchange, form).orElseGet(() -> device.authorize(form));
    }

    FakeAnswer revoke(HttpExchange exchange) throws IOException {
        Map<String, String> form = Wire.form(Wire.body(exchange));
        forms.add(form);
        Optional<FakeAnswer> refusal = refusal(exchange, form);
        if (refusal.isEmpty()) {
            grants.revoke(form.getOrDefault("token", ""));
        }
        return refusal.orElseGet(() -> FakeAnswer.json(200, "{}"));
    }

    FakeAnswer introspect(HttpExchange exchange) throws IOException {
        return FakeAnswer.json(200, Wire.json(grants.description(Wire.presentedToken(exchange))));
    }

    /** OpenID Connect Core section 5.3: to the bearer of a live token, in the header only. */
    FakeAnswer userinfo(HttpExchange exchange) {
        String token = Wire.header(exchange, "Authorization").orElse("").replaceFirst("^Bearer ", "");
        return grants.live(token).isPresent()
                ? consent.userinfo()
                : FakeAnswer.json(401, "{\"error\":\"invalid_token\"}");
    }

    /** The client proves itself as it does for tokens (RFC 7009 section 2.1, RFC 8628 section 3.1). */
    private Optional<FakeAnswer> refusal(HttpExchange exchange, Map<String, String> form) {
        return new FakeTokenEndpoint(grants, consent, device, assertions)
                .refusal(form, Wire.header(exchange, "Authorization"));
    }
}
