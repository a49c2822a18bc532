package io.mailroutes.account;

/** Whom an assertion names in {@code aud} (RFC 7523 section 3). */
public enum AssertionAudience {
    /** The address that the request goes to: Microsoft, Google. */
    TOKEN_ENDPOINT("token-endpoint"),
    /** The issuer, as newer servers want it. */
    ISSUER("issuer");

    private final String key;

    AssertionAudience(String key) {
        this.key = key;
    }

    /** The word in the configuration. */
    public String key() {
        return key;
    }
}
