package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.token.TokenSource;
import jakarta.mail.PasswordAuthentication;
import org.apache.camel.component.mail.MailAuthenticator;

/**
 * The authenticator of one account, for stock {@code imaps:HOST?authenticator=#ACCOUNT}. camel-mail asks it while
 * routes are built, for the user name, and at every connect: it answers both with the user name alone, at once, whatever
 * the state of the network. The token itself never passes through here, because whoever asks does not say where it will
 * be sent; the guarded store of {@link StockDoor} gets it for its own server, when it connects.
 */
public final class TokenMailAuthenticator extends MailAuthenticator {
    private final Account account;
    private final TokenSource tokens;

    TokenMailAuthenticator(Account account, TokenSource tokens) {
        this.account = account;
        this.tokens = tokens;
    }

    /** The user name, with an empty password. */
    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(account.user(), "");
    }

    Account account() {
        return account;
    }

    TokenSource tokens() {
        return tokens;
    }

    @Override
    public String toString() {
        return "TokenMailAuthenticator[" + account.name() + "]";
    }
}
