package io.mailroutes.account;

import static java.util.Objects.requireNonNull;

/** Where a mail server is and how the way there is protected. */
public record MailServer(String host, int port, Security security) {
    public MailServer {
        requireNonNull(host, "host");
        requireNonNull(security, "security");
    }
}
