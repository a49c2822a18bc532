package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.account.MailServer;
import io.mailroutes.account.Security;
import io.mailroutes.testing.Accounts;
import java.net.URI;
import java.util.Optional;

/** Accounts on loopback. */
final class TestAccounts {
    private TestAccounts() {}

    /** On no server. */
    static Account named(String name, int connections) {
        Account account = clear(1);
        return new Account(
                name,
                account.provider(),
                account.user(),
                account.loginUser(),
                account.grant(),
                account.oauth(),
                account.password(),
                account.imap(),
                account.smtp(),
                account.mechanisms(),
                account.caFile(),
                account.command(),
                connections);
    }

    static Account clear(int port) {
        Account account = Accounts.at(URI.create("https://unused.example")).account();
        return new Account(
                account.name(),
                account.provider(),
                account.user(),
                account.loginUser(),
                account.grant(),
                account.oauth(),
                account.password(),
                new MailServer("127.0.0.1", port, Security.NONE),
                account.smtp(),
                account.mechanisms(),
                account.caFile(),
                Optional.empty());
    }
}
