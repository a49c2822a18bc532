package io.mailroutes.account;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Turns the lines of one provider into its {@link Provider}; a line it does not know is a bug in the table. */
final class ProviderRow {
    private static final Set<String> DEFAULTS = Set.of(
            "issuer",
            "authorization-endpoint",
            "token-endpoint",
            "device-authorization-endpoint",
            "revocation-endpoint",
            "revocation-reach",
            "redirect-uri",
            "identity-scope",
            "client-authentication",
            "scope",
            "tenant",
            "host",
            "security",
            "smtp-host",
            "smtp-security");

    private final String name;
    private final BlockLines lines;

    ProviderRow(String name, Map<String, String> lines) {
        this.name = name;
        this.lines = new BlockLines(lines);
    }

    Provider provider() {
        Provider provider = new Provider(
                name,
                lines.line("checked-on").map(LocalDate::parse),
                lines.line("documentation"),
                defaults(),
                lines.byGrant("scope."),
                lines.choices("mechanisms", Mechanism.values(), Mechanism::key),
                lines.says("user", "address"),
                Set.copyOf(lines.words("shared-tenants")),
                scopeRule(),
                lines.byGrant("refused-grant."),
                OAuthBehaviour.read(lines),
                ImapBehaviour.read(lines),
                List.copyOf(lines.below("note.").values()));
        if (!lines.unused().isEmpty()) {
            throw new IllegalStateException("provider " + name + " has lines that mean nothing: " + lines.unused());
        }
        return provider;
    }

    private ScopeRule scopeRule() {
        Optional<String> required = lines.line("required-scope");
        return new ScopeRule(required, lines.line("required-scope-because").orElse(""), lines.below("wrong-scope."));
    }

    private Map<String, String> defaults() {
        Map<String, String> defaults = new TreeMap<>();
        DEFAULTS.forEach(key -> lines.line(key).ifPresent(value -> defaults.put(key, value)));
        for (String prefix : AccountKeys.MAPS) {
            lines.below(prefix).forEach((key, value) -> defaults.put(prefix + key, value));
        }
        return defaults;
    }
}
