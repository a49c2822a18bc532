package io.mailroutes.account;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One row of the provider table: what an account need not say itself, and what is known of the servers behind it.
 *
 * @param checkedOn the day somebody compared the row with the documentation; none for {@code generic}
 * @param documentation the page to compare it with
 * @param defaults by account key; {@code {tenant}} in a value stands for the account's tenant
 * @param scopes for grants whose scope is not the one of {@code defaults}
 * @param mechanisms of {@code mechanism=auto} for a token, best first
 * @param secretRequired whether the token endpoint wants a client secret for every grant
 * @param certificateRequired whether a signed assertion must name its certificate
 * @param userIsAddress whether the user must be a mail address
 * @param sharedTenants tenants that stand for many directories: no application-only access through them
 * @param smtpScope the scope that a token needs to send mail
 * @param refusedGrants why a grant cannot work here
 * @param oauth what its authorization server does
 * @param imap what its IMAP server does
 * @param notes what a person should know, a sentence or two each
 */
public record Provider(
        String name,
        Optional<LocalDate> checkedOn,
        Optional<String> documentation,
        Map<String, String> defaults,
        Map<GrantType, String> scopes,
        List<Mechanism> mechanisms,
        boolean secretRequired,
        boolean certificateRequired,
        boolean userIsAddress,
        Set<String> sharedTenants,
        ScopeRule scopeRule,
        Optional<String> smtpScope,
        Map<GrantType, String> refusedGrants,
        OAuthBehaviour oauth,
        ImapBehaviour imap,
        List<String> notes) {
    public Provider {
        defaults = Map.copyOf(defaults);
        scopes = Map.copyOf(scopes);
        mechanisms = List.copyOf(mechanisms);
        sharedTenants = Set.copyOf(sharedTenants);
        refusedGrants = Map.copyOf(refusedGrants);
        notes = List.copyOf(notes);
    }

    /** Where the row comes from, as the end of a sentence. */
    String source() {
        return documentation
                .map(page -> " (see " + page
                        + checkedOn.map(day -> ", checked on " + day).orElse("") + ")")
                .orElse("");
    }

    /** The scope to ask for when the account names none. */
    public Optional<String> scope(GrantType grant) {
        return Optional.ofNullable(scopes.get(grant)).or(() -> Optional.ofNullable(defaults.get("scope")));
    }
}
