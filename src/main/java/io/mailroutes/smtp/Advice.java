package io.mailroutes.smtp;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Provider;
import io.mailroutes.account.ProviderTable;
import io.mailroutes.oauth.AccessToken;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a person should look at when a server refuses to let an account send. */
final class Advice {
    private static final List<String> OF_MICROSOFT = List.of("microsoft", "outlook");

    private final Account account;
    private final Optional<String> needed;

    Advice(Account account) {
        this.account = account;
        this.needed = ProviderTable.load().row(account.provider()).flatMap(Provider::smtpScope);
    }

    /** Ends a message that says what the server refused. */
    String after(String said, AccessToken token) {
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("smtpclientauthentication is disabled")) {
            return "SMTP AUTH, OAuth included, is switched off for the organization or for this mailbox: an Exchange"
                    + " administrator switches it on with Set-CASMailbox -Identity " + account.user()
                    + " -SmtpClientAuthenticationDisabled $false.";
        }
        if (lower.contains("5.7.30") || lower.contains("basic authentication is")) {
            return "Exchange Online takes no password for sending any more: use an OAuth grant, such as"
                    + " client-credentials.";
        }
        if (lower.contains("5.7.9") || lower.contains("application-specific password")) {
            return "Google wants an app password here (myaccount.google.com/apppasswords, with 2-step verification), or"
                    + " better an OAuth grant.";
        }
        if (lower.contains("5.7.14")) {
            return "Sign in to the mailbox once in a browser and confirm that it was you.";
        }
        return account.grant() == GrantType.PASSWORD
                ? "Check user and password; many providers want an app password or OAuth instead."
                : missingScope(token).orElseGet(this::byProvider);
    }

    /** Empty when the token may send as far as its scope tells, or when nobody knows. */
    private Optional<String> missingScope(AccessToken token) {
        List<String> has = token.scope()
                .map(text -> List.of(text.split(" ")))
                .or(() -> account.oauth().map(OAuthClient::scope))
                .orElse(List.of());
        return needed.filter(scope -> !has.isEmpty() && has.stream().noneMatch(word -> covers(word, scope)))
                .map(scope -> "The token is for reading only: its scope is \"" + String.join(" ", has)
                        + "\", and sending needs " + scope + ". Write mailroutes.accounts." + account.name()
                        + ".scope = " + with(scope) + " and consent again (mailroutes login " + account.name() + ").");
    }

    /** Microsoft has two names of one resource, and {@code .default} is whatever the application was granted. */
    private static boolean covers(String word, String scope) {
        String last = scope.substring(scope.lastIndexOf('/') + 1);
        return word.equalsIgnoreCase(scope)
                || word.endsWith("/.default")
                || !last.isEmpty() && word.toLowerCase(Locale.ROOT).endsWith("/" + last.toLowerCase(Locale.ROOT));
    }

    private String with(String scope) {
        List<String> asked = account.oauth().map(OAuthClient::scope).orElse(List.of());
        return Stream.concat(asked.stream(), Stream.of(scope)).distinct().collect(Collectors.joining(" "));
    }

    private String byProvider() {
        if (OF_MICROSOFT.stream().anyMatch(account.provider()::startsWith)) {
            return account.grant() == GrantType.CLIENT_CREDENTIALS
                    ? "Check that the application has the permission SMTP.SendAsApp with an administrator's consent, that"
                            + " it was registered in Exchange with New-ServicePrincipal and the object id of its Enterprise"
                            + " application, that it has FullAccess to the mailbox (Add-MailboxPermission), and that SMTP"
                            + " AUTH is on for it (Set-CASMailbox -SmtpClientAuthenticationDisabled $false)."
                    : "Check that SMTP AUTH is on for the mailbox, that the scope has"
                            + " https://outlook.office.com/SMTP.Send, and that the consent is for this mailbox.";
        }
        if (account.provider().equals("google")) {
            return "Check that the scope is https://mail.google.com/ (with the slash at its end) and the consent is for"
                    + " this mailbox.";
        }
        return "Check that the token's scope and audience are what this server wants for sending"
                + needed.map(scope -> " (" + scope + ")").orElse("") + ", and that the token is for this user.";
    }
}
