package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import java.util.Locale;

/** What a person should look at when a server refuses a good-looking credential, by provider. */
final class Advice {
    /** learn.microsoft.com, "Authenticate an IMAP, POP or SMTP connection using OAuth". */
    static final String EXCHANGE_RIGHTS = "that IMAP is enabled for the mailbox, that the application was registered in"
            + " Exchange with New-ServicePrincipal and the object id of its Enterprise application, and that it has"
            + " FullAccess (Add-MailboxPermission)";

    private Advice() {}

    /**
     * Ends a message that says that the server is busy.
     *
     * @param text what it said; the limits are those of support.google.com, "Sync limits", and of RFC 9208
     */
    static String forBusy(Account account, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("connections")) {
            return "Other programs and devices hold connections to this mailbox (Gmail allows 15), and Mailroutes one for"
                    + " each folder it reads, up to " + account.connections() + " (mailroutes.accounts."
                    + account.name()
                    + ".connections): it will be tried again when one has gone; nothing is wrong with the token.";
        }
        if (lower.contains("bandwidth")) {
            return "The account has used up what it may transfer in a day (Gmail: 2500 MB), by all its programs together:"
                    + " it will be tried again, and can take up to 24 hours.";
        }
        return lower.contains("[overquota]")
                ? "The mailbox is full: its owner has to delete mail or get more room. It will be tried again."
                : "It will be tried again; nothing is wrong with the token.";
    }

    /**
     * Ends a message that says what the server refused.
     *
     * @param text what it said
     */
    static String forRefusal(Account account, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("web login required") || lower.contains("via your web browser")) {
            return "The owner has to sign in once in a browser at the provider's own page, and answer what it asks there.";
        }
        if (account.grant() == GrantType.PASSWORD) {
            return "Check user and password; many providers want an app password or OAuth instead.";
        }
        return switch (account.provider()) {
            case "microsoft" ->
                account.grant() == GrantType.CLIENT_CREDENTIALS
                        ? "Check " + EXCHANGE_RIGHTS + "."
                        : "Check that IMAP is enabled for the mailbox, and that the scope is"
                                + " https://outlook.office.com/IMAP.AccessAsUser.All and the consent is for this mailbox.";
            case "outlook" ->
                "Check that IMAP is switched on in the settings of Outlook.com, and the consent is for"
                        + " this mailbox.";
            case "google" ->
                "Check that the scope is https://mail.google.com/ (with the slash at its end), that the"
                        + " consent is for this mailbox, and that an administrator has not switched IMAP off.";
            default ->
                "Check that the token's scope and audience are what this server wants, and that the token is for"
                        + " this user.";
        };
    }
}
