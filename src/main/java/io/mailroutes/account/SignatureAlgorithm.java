package io.mailroutes.account;

/** How assertions are signed (RFC 7518 section 3.1); both take an RSA key. */
public enum SignatureAlgorithm {
    /** RSASSA-PKCS1-v1_5: what every server knows, and all that Google takes. */
    RS256,
    /** RSASSA-PSS: what Microsoft asks for. */
    PS256;

    /** The word in the configuration and in the header {@code alg}. */
    public String key() {
        return name();
    }
}
