package io.mailroutes.account;

/** The SASL mechanism an account asks for. */
public enum Mechanism {
    /** By what the server advertises and the provider prefers. */
    AUTO("auto"),
    XOAUTH2("xoauth2"),
    /** RFC 7628. */
    OAUTHBEARER("oauthbearer"),
    /** RFC 4616, for {@link GrantType#PASSWORD} only: a token never travels as a password. */
    PLAIN("plain");

    private final String key;

    Mechanism(String key) {
        this.key = key;
    }

    /** The word in the configuration. */
    public String key() {
        return key;
    }
}
