package io.mailroutes.account;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The URIs of an account's authorization server. */
final class Endpoints {
    private static final String ISSUER = "issuer";
    private static final String TOKEN = "token-endpoint";
    private static final String AUTHORIZATION = "authorization-endpoint";
    private static final List<String> KEYS =
            List.of(AUTHORIZATION, TOKEN, "device-authorization-endpoint", "revocation-endpoint", "userinfo-endpoint");

    private final AccountValues values;
    private final Map<String, URI> uris = new LinkedHashMap<>();

    private Endpoints(AccountValues values) {
        this.values = values;
    }

    static Endpoints read(AccountValues values, GrantType grant) {
        Endpoints endpoints = new Endpoints(values);
        Map<String, String> templates = endpoints.templates();
        Optional<String> tenant = TenantRule.read(values, grant, templates.values());
        templates.forEach((key, template) -> endpoints.resolve(key, template, tenant));
        if (!templates.containsKey(TOKEN) && !templates.containsKey(ISSUER) && !values.isGiven(ISSUER)) {
            values.missing(
                    TOKEN, "Give token-endpoint, or issuer for a server with discovery (OpenID Connect or RFC 8414)");
        }
        return endpoints;
    }

    /** For discovery; empty when the token endpoint is known without, unless the account names an issuer itself. */
    Optional<URI> issuer() {
        boolean discovery = values.own(ISSUER).isPresent() || !uris.containsKey(TOKEN);
        return Optional.ofNullable(uris.get(ISSUER)).filter(uri -> discovery);
    }

    /** What the server calls itself in answers (RFC 9207); a tenant that stands for many has no one name. */
    Optional<URI> name() {
        boolean many = values.get("tenant")
                .filter(values.provider().sharedTenants()::contains)
                .isPresent();
        return Optional.ofNullable(uris.get(ISSUER)).filter(uri -> !many);
    }

    /** Whether consent is asked for where the provider's row says: what is known of it holds there only. */
    boolean asksTheProvider() {
        return !anotherIssuer() && values.own(AUTHORIZATION).isEmpty();
    }

    Optional<URI> authorization() {
        return Optional.ofNullable(uris.get(AUTHORIZATION));
    }

    Optional<URI> token() {
        return Optional.ofNullable(uris.get(TOKEN));
    }

    Optional<URI> deviceAuthorization() {
        return Optional.ofNullable(uris.get("device-authorization-endpoint"));
    }

    Optional<URI> revocation() {
        return Optional.ofNullable(uris.get("revocation-endpoint"));
    }

    Optional<URI> userinfo() {
        return Optional.ofNullable(uris.get("userinfo-endpoint"));
    }

    private Map<String, String> templates() {
        Map<String, String> templates = new LinkedHashMap<>();
        values.get(ISSUER).ifPresent(issuer -> templates.put(ISSUER, issuer));
        boolean another = anotherIssuer();
        for (String key : KEYS) {
            Optional<String> uri = another ? values.own(key) : values.get(key);
            uri.ifPresent(text -> templates.put(key, text));
        }
        return templates;
    }

    /** Another issuer is another server: the endpoints of the provider's row are not its own. */
    private boolean anotherIssuer() {
        return values.own(ISSUER)
                .filter(issuer -> !issuer.equals(values.provider().defaults().get(ISSUER)))
                .isPresent();
    }

    private void resolve(String key, String template, Optional<String> tenant) {
        if (template.contains(TenantRule.TEMPLATE) && tenant.isEmpty()) {
            return;
        }
        String text = template.replace(TenantRule.TEMPLATE, tenant.orElse(""));
        Optional<URI> uri = key.equals(ISSUER) ? UriRule.issuer(values, text) : UriRule.endpoint(values, key, text);
        uri.ifPresent(address -> uris.put(key, address));
    }
}
