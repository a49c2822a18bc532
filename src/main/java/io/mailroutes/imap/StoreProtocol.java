package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.imap.PermanentImapException.Reason;
import java.io.IOException;
import java.util.Properties;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;

/**
 * The guarded protocol under a stock {@code IMAPStore}. The store knows mechanisms by name and tries LOGIN when it
 * knows none, so it is told of XOAUTH2 alone, and that stands for whatever the account may use here. The credential that
 * the store passes is ignored: it was handed out before it was known where it would go.
 */
abstract class StoreProtocol extends GuardedProtocol {
    private static final int ALERTS = 10;
    // No initialiser: the super constructor reads the greeting before one would run.
    private int alerts;

    StoreProtocol(Account account, String name, Server server, Properties properties, boolean tls, MailLogger logger)
            throws IOException, ProtocolException {
        super(account, name, server, properties, tls, logger);
    }

    /** Logs in with a credential that the store has never seen. */
    abstract void logIn() throws IOException, ProtocolException;

    @Override
    public Response readResponse() throws IOException, ProtocolException {
        Response response = super.readResponse();
        if (Alerts.is(response) && alerts++ < ALERTS) {
            Alerts.show(account(), host, response);
        }
        return response;
    }

    @Override
    public boolean hasCapability(String name) {
        if (name.equals("AUTH=XOAUTH2")) {
            return true;
        }
        return !name.startsWith("AUTH") && super.hasCapability(name);
    }

    @Override
    public void authoauth2(String user, String ignored) throws ProtocolException {
        if (!user.equalsIgnoreCase(account().user())) {
            throw new NotOfferedException(
                    Reason.NOT_SECURE,
                    "the user name is not the account's (" + account().user() + "); nothing secret was sent");
        }
        try {
            logIn();
        } catch (IOException e) {
            throw new ProtocolException("the connection was lost during login", e);
        }
    }

    @Override
    public void sasllogin(
            String[] mechanisms, @Nullable String realm, @Nullable String authorizationId, String user, String token)
            throws ProtocolException {
        authoauth2(user, token);
    }
}
