package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.token.TokenSource;
import jakarta.mail.PasswordAuthentication;
import org.apache.camel.component.mail.MailAuthenticator;

/**
 * The authenticator of one account, for stock {@code imaps:HOST?authenticator=#ACCOUNT}. camel-mail asks it while
 * routes are built, for the user name, and at every connect. It never uses the network and never throws: it hands out
 * the token at hand, or an empty one; the guarded store of {@link StockDoor} then asks for a token that works.
 */
public final class TokenMailAuthenticator extends MailAuthenticator {
    private final Account account;
    private final TokenSource tokens;

    TokenMailAuthenticator(Account account, TokenSource tokens) {
        this.account = account;
        this.tokens = tokens;
    }

    @Override
    public PasswordAuthentication getPasswordAuthentication() {
        String token = tokens.cached()
                .map(AccessToken::value)
                .map(secret -> secret.reveal())
                .orElse("");
        return new PasswordAuthentication(account.user(), token);
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
