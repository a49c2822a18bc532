package io.mailroutes.account;

/** How a connection to a mail server is protected (RFC 8314). */
public enum Security {
    /** TLS from the first byte. */
    TLS("tls"),
    /** STARTTLS, required: a server that does not offer it gets nothing. */
    STARTTLS("starttls"),
    /** Clear text: to a loopback address only. */
    NONE("none");

    private final String key;

    Security(String key) {
        this.key = key;
    }

    /** The word in the configuration. */
    public String key() {
        return key;
    }
}
