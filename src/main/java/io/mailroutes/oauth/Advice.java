package io.mailroutes.oauth;

/**
 * What to do, where several refusals mean the same. {@code KEY(name)} stands for the account's property of that name,
 * and {@code ACCOUNT} in a command for its own.
 */
final class Advice {
    static final String AGAIN = "It will be tried again.";
    static final String LOGIN = "mailroutes login ACCOUNT";
    static final String CONSENT_AGAIN = "The mailbox owner has to consent again: " + LOGIN
            + " (with grant=refresh-token set a new KEY(refresh-token)).";
    static final String BEGIN_ANEW = "Begin anew: " + LOGIN;

    /** Google Workspace Admin Help, "Control which apps access Google Workspace data". */
    static final String GOOGLE_POLICY =
            "The Google Workspace administrator keeps other applications from Gmail: they have"
                    + " to trust the client KEY(client-id) in the Admin console, under Security, API controls, App access control.";

    /** developers.google.com, OAuth 2.0 for web server applications, "org_internal". */
    static final String GOOGLE_INTERNAL = "The consent screen of this client is Internal, and the mailbox is not in the"
            + " organisation that owns it: set a KEY(client-id) of the mailbox's own organisation, or let the owner of the"
            + " client make its consent screen External.";

    private Advice() {}
}
