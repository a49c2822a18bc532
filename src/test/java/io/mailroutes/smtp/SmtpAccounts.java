package io.mailroutes.smtp;

import io.mailroutes.account.Account;
import io.mailroutes.account.MailServer;
import io.mailroutes.account.Mechanism;
import io.mailroutes.account.Security;
import io.mailroutes.testing.Accounts;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Accounts whose SMTP server is on loopback. */
record SmtpAccounts(
        String host, int port, Security security, Optional<Path> caFile, String provider, List<String> scope) {
    static SmtpAccounts clear(int port) {
        return new SmtpAccounts("127.0.0.1", port, Security.NONE, Optional.empty(), "generic", List.of("mail"));
    }

    static SmtpAccounts secured(int port, Security security, Optional<Path> caFile) {
        return new SmtpAccounts("localhost", port, security, caFile, "generic", List.of("mail"));
    }

    SmtpAccounts provider(String name, String... scopes) {
        return new SmtpAccounts(host, port, security, caFile, name, List.of(scopes));
    }

    Account token(Mechanism... mechanisms) {
        Account base = Accounts.at(URI.create("https://unused.example"))
                .scope(scope.toArray(String[]::new))
                .account();
        return with(base, mechanisms.length == 0 ? List.of(Mechanism.AUTO) : List.of(mechanisms));
    }

    Account password() {
        return with(Accounts.password("pass word"), List.of(Mechanism.PLAIN));
    }

    private Account with(Account base, List<Mechanism> mechanisms) {
        return new Account(
                base.name(),
                provider,
                base.user(),
                base.loginUser(),
                base.grant(),
                base.oauth(),
                base.password(),
                base.imap(),
                Optional.of(new MailServer(host, port, security)),
                mechanisms,
                caFile,
                base.command());
    }
}
