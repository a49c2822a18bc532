package io.mailroutes.account;

/** How an account obtains its access token: the values of {@code mailroutes.accounts.NAME.grant}. */
public enum GrantType {
    /** RFC 6749 section 4.1 with PKCE (RFC 7636): a person consents in a browser. */
    AUTHORIZATION_CODE("authorization-code"),
    /** RFC 8628: a person consents on another device. */
    DEVICE_CODE("device-code"),
    /** RFC 6749 section 4.4: the application itself is allowed in. */
    CLIENT_CREDENTIALS("client-credentials"),
    /** RFC 7523 section 2.1 with {@code sub}: Google's domain-wide delegation. */
    SERVICE_ACCOUNT("service-account"),
    /** RFC 6749 section 6 with a refresh token given in the configuration. */
    REFRESH_TOKEN("refresh-token"),
    /** An access token printed by a command. */
    COMMAND("command"),
    /** No OAuth: SASL PLAIN inside TLS, for servers that have nothing else. */
    PASSWORD("password");

    private final String key;

    GrantType(String key) {
        this.key = key;
    }

    /** The word in the configuration. */
    public String key() {
        return key;
    }
}
