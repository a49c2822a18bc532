package io.mailroutes.cli;

import io.mailroutes.account.Account;
import io.mailroutes.oauth.Identity;
import io.mailroutes.oauth.OAuthException;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.oauth.UserInfo;
import java.util.Optional;

/** Whether the person who consented is the one who was to, as far as the server tells. */
final class LoginIdentity {
    private final Account account;
    private final UserInfo userInfo;
    private final LoginDialog dialog;

    LoginIdentity(Account account, UserInfo userInfo, LoginDialog dialog) {
        this.account = account;
        this.userInfo = userInfo;
        this.dialog = dialog;
    }

    /** @throws CommandFailure when it is somebody else */
    void require(TokenResponse response) {
        String expected = account.loginUser().orElse(account.user());
        Identity person = ask(response);
        Optional<String> name = person.comparedWith(expected);
        if (name.isEmpty()) {
            dialog.say("The server does not say who signed in, so that it could not be compared with " + expected
                    + ": that the mailbox opens has to be proof enough.");
        } else if (!person.is(expected)) {
            throw another(name.get(), expected);
        }
    }

    private Identity ask(TokenResponse response) {
        try {
            return userInfo.of(response);
        } catch (OAuthException e) {
            dialog.say(e.getMessage() + "\nThe login goes on without it.");
            return Identity.UNKNOWN;
        }
    }

    private CommandFailure another(String person, String expected) {
        String shared = account.loginUser().isPresent()
                ? "if " + person + " is right, correct "
                : "if " + account.user() + " is a shared mailbox that " + person + " may read, set ";
        return new CommandFailure(
                ExitCode.NEEDS_LOGIN,
                "Account " + account.name() + ": " + person + " signed in, and not " + expected
                        + ". Log in again and choose that account; " + shared + "mailroutes.accounts."
                        + account.name() + ".login-user=" + person + ". Nothing was stored.");
    }
}
