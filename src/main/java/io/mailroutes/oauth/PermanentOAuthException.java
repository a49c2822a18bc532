package io.mailroutes.oauth;

/** The same request will fail again: a person has to act. */
public final class PermanentOAuthException extends OAuthException {
    private static final long serialVersionUID = 1L;

    /** Who has to act. */
    public enum Kind {
        /** The owner of the mailbox: consent again. */
        RECONSENT,
        /** The administrator of the mail domain: a policy or a permission stands in the way. */
        ADMINISTRATOR,
        /** Who configured this account. */
        CONFIGURATION,
        /** Who runs the server, or who wrote its address: what answered does not speak OAuth 2. */
        PROTOCOL
    }

    private final Kind kind;

    PermanentOAuthException(Kind kind, String message) {
        this(kind, message, "", false);
    }

    PermanentOAuthException(Kind kind, String message, String serverError, boolean answerLost) {
        super(message, serverError, answerLost);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
