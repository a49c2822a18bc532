package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.Consent;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.MailServer;
import io.mailroutes.account.Mechanism;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.account.Security;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Accounts on loopback. */
final class Accounts {
    private Accounts() {}

    static Account clear(int port, Mechanism... mechanisms) {
        return at("127.0.0.1", port, Security.NONE, Optional.empty(), "generic", mechanisms);
    }

    static Account secured(int port, Security security, Optional<Path> caFile) {
        return at("localhost", port, security, caFile, "generic");
    }

    static Account at(
            String host, int port, Security security, Optional<Path> caFile, String provider, Mechanism... mechanisms) {
        OAuthClient client = new OAuthClient(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "client",
                Optional.empty(),
                Optional.empty(),
                ClientAuthentication.AUTO,
                List.of("mail"),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Consent.LOOPBACK);
        return new Account(
                "support",
                provider,
                "joe@example.com",
                Optional.empty(),
                GrantType.CLIENT_CREDENTIALS,
                Optional.of(client),
                Optional.empty(),
                new MailServer(host, port, security),
                Optional.empty(),
                mechanisms.length == 0 ? List.of(Mechanism.AUTO) : List.of(mechanisms),
                caFile,
                Optional.empty());
    }

    static Account withPassword(int port) {
        return new Account(
                "support",
                "generic",
                "joe@example.com",
                Optional.empty(),
                GrantType.PASSWORD,
                Optional.empty(),
                Optional.of(Secret.of("pass word")),
                new MailServer("127.0.0.1", port, Security.NONE),
                Optional.empty(),
                List.of(Mechanism.PLAIN),
                Optional.empty(),
                Optional.empty());
    }
}
