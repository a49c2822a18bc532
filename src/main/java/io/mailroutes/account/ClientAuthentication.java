package io.mailroutes.account;

/** How the client proves itself at the token endpoint (RFC 6749 section 2.3, RFC 7523 section 2.2). */
public enum ClientAuthentication {
    /** What the provider's row or discovery says, else basic with a secret and none without. */
    AUTO("auto"),
    BASIC("basic"),
    POST("post"),
    NONE("none"),
    PRIVATE_KEY_JWT("private-key-jwt");

    private final String key;

    ClientAuthentication(String key) {
        this.key = key;
    }

    /** The word in the configuration. */
    public String key() {
        return key;
    }
}
