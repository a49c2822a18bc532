package io.mailroutes.account;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns the lines of one provider into its {@link Provider}; a line it does not know is a bug in the table. */
final class ProviderRow extends BlockLines {
    private static final Set<String> DEFAULTS = Set.of(
            "issuer",
            "authorization-endpoint",
            "token-endpoint",
            "device-authorization-endpoint",
            "revocation-endpoint",
            "userinfo-endpoint",
            "revocation-reach",
            "redirect-uri",
            "identity-scope",
            "client-authentication",
            "assertion-algorithm",
            "assertion-audience",
            "scope",
            "tenant",
            "host",
            "security",
            "smtp-host",
            "smtp-security",
            "authserv-id");

    private final String name;

    ProviderRow(String name, Map<String, String> lines) {
        super(lines);
        this.name = name;
    }

    Provider provider() {
        Provider provider = new Provider(
                name,
                line("checked-on").map(LocalDate::parse),
                line("documentation"),
                defaults(),
                byGrant("scope."),
                words("mechanisms").stream()
                        .map(word -> keyed(Mechanism.values(), Mechanism::key, word))
                        .toList(),
                line("client-secret").filter("required"::equals).isPresent(),
                line("certificate-file").filter("required"::equals).isPresent(),
                line("user").filter("address"::equals).isPresent(),
                Set.copyOf(words("shared-tenants")),
                new ScopeRule(
                        line("required-scope"), line("required-scope-because").orElse(""), below("wrong-scope.")),
                line("smtp-scope"),
                byGrant("refused-grant."),
                OAuthBehaviour.read(this),
                ImapBehaviour.read(this),
                List.copyOf(below("note.").values()));
        refuseUnused("provider " + name);
        return provider;
    }

    private Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        DEFAULTS.forEach(key -> line(key).ifPresent(value -> defaults.put(key, value)));
        for (String prefix : AccountKeys.MAPS) {
            below(prefix).forEach((key, value) -> defaults.put(prefix + key, value));
        }
        return defaults;
    }
}
