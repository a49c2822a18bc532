package io.mailroutes.cli;

import io.mailroutes.account.Account;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapSettings;
import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.TransientImapException;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.token.AccountTokens;
import io.mailroutes.token.NewToken;
import java.nio.file.Path;

/** Whether tokens are the right ones: those of the right person, which last, and which open the mailbox. Then stores them. */
final class LoginProof {
    private final Account account;
    private final OAuthClient client;
    private final AccountTokens tokens;
    private final LoginIdentity identity;
    private final Path temporaryDirectory;

    LoginProof(
            Account account,
            OAuthClient client,
            AccountTokens tokens,
            LoginIdentity identity,
            Path temporaryDirectory) {
        this.account = account;
        this.client = client;
        this.tokens = tokens;
        this.identity = identity;
        this.temporaryDirectory = temporaryDirectory;
    }

    /**
     * Nothing that was stored before is touched unless the new tokens may be better.
     *
     * @throws CommandFailure when they are not the right ones, or could not be proved
     */
    void settle(TokenResponse response) throws InterruptedException {
        requireRefreshToken(response);
        identity.require(response);
        try {
            logIn(response);
        } catch (PermanentImapException e) {
            ExitCode code = e.reason() == PermanentImapException.Reason.CREDENTIALS_REFUSED
                    ? ExitCode.NEEDS_LOGIN
                    : ExitCode.CONFIGURATION;
            throw new CommandFailure(
                    code,
                    e.getMessage() + "\nThe consent was given, but its tokens open no mailbox: they were not stored.");
        } catch (TransientImapException e) {
            tokens.save(account, client, response);
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    e.getMessage() + "\nThe tokens are stored, but not proved by a login to the mail server.");
        }
        tokens.save(account, client, response);
    }

    private void logIn(TokenResponse response) {
        ImapConnection connection = ImapConnection.open(
                account, new NewToken(response.accessToken()), ImapSettings.defaults(temporaryDirectory));
        connection.close();
    }

    private void requireRefreshToken(TokenResponse response) {
        if (response.refreshToken().isEmpty()) {
            throw refused("the server gave no refresh token, so that the login would end with the access token. Most"
                    + " servers give one for the scope offline_access (" + key("scope") + "), Google for the parameters"
                    + " access_type=offline and prompt=consent (" + key("authorization-parameters.*") + ").");
        }
    }

    private CommandFailure refused(String text) {
        return new CommandFailure(
                ExitCode.NEEDS_LOGIN, "Account " + account.name() + ": " + text + " Nothing was stored.");
    }

    private String key(String name) {
        return "mailroutes.accounts." + account.name() + "." + name;
    }
}
