package io.mailroutes.account;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which directory {@code {tenant}} in the URIs stands for. */
final class TenantRule {
    static final String TEMPLATE = "{tenant}";

    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern DIRECTORY =
            Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    private TenantRule() {}

    /** @param templates the URIs, some of which may have a place for a tenant */
    static Optional<String> read(AccountValues values, GrantType grant, Collection<String> templates) {
        boolean wanted = templates.stream().anyMatch(uri -> uri.contains(TEMPLATE));
        Optional<String> own = values.own("tenant");
        if (!wanted) {
            own.filter(tenant -> !values.excused().contains("tenant"))
                    .ifPresent(tenant -> values.problem(
                            "tenant", "has no effect: no URI of this account has a place for it, {tenant}"));
            return Optional.empty();
        }
        Optional<String> tenant = grant == GrantType.CLIENT_CREDENTIALS ? own : values.get("tenant");
        if (tenant.isEmpty()) {
            values.missing(
                    "tenant", "It is the directory: its id (a GUID) or a domain such as contoso.onmicrosoft.com");
        }
        return tenant.filter(word -> accepted(values, grant, word));
    }

    private static boolean accepted(AccountValues values, GrantType grant, String tenant) {
        Provider provider = values.provider();
        boolean shared = provider.sharedTenants().contains(tenant);
        if (shared && grant == GrantType.CLIENT_CREDENTIALS) {
            values.problem(
                    "tenant",
                    "%s is not a directory of its own, and an application gets in without a person only through one"
                                    .formatted(Problems.quote(tenant))
                            + " (AADSTS9001023): give the directory's id (a GUID) or a domain such as"
                            + " contoso.onmicrosoft.com");
            return false;
        }
        boolean directory = provider.sharedTenants().isEmpty()
                ? SEGMENT.matcher(tenant).matches()
                : shared || DIRECTORY.matcher(tenant).matches();
        if (!directory) {
            values.problem(
                    "tenant",
                    Problems.quote(tenant) + " is neither a directory's id (a GUID) nor a domain such as"
                            + " contoso.onmicrosoft.com");
        }
        return directory;
    }
}
