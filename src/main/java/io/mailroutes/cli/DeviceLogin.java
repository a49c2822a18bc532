package io.mailroutes.cli;

import io.mailroutes.account.Account;
import io.mailroutes.oauth.AuthorizationServer;
import io.mailroutes.oauth.DeviceAuthorization;
import io.mailroutes.oauth.DevicePolling;
import io.mailroutes.oauth.TokenEndpoint;
import io.mailroutes.oauth.TokenResponse;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/** Consent on another device, by a code that a person types there (RFC 8628). */
final class DeviceLogin {
    private final Account account;
    private final AuthorizationServer server;
    private final TokenEndpoint endpoint;
    private final LoginDialog dialog;

    DeviceLogin(Account account, AuthorizationServer server, TokenEndpoint endpoint, LoginDialog dialog) {
        this.account = account;
        this.server = server;
        this.endpoint = endpoint;
        this.dialog = dialog;
    }

    TokenResponse tokens() throws InterruptedException {
        DeviceAuthorization device = DeviceAuthorization.ask(server, new SecureRandom());
        dialog.say("Open this address on any device, type the code below it, sign in as "
                + account.loginUser().orElse(account.user()) + " and consent. Give the code to nobody:");
        dialog.print(device.verificationUri().toString());
        dialog.print(device.userCode());
        DevicePolling polling =
                new DevicePolling(account.name(), endpoint, wait -> TimeUnit.MILLISECONDS.sleep(wait.toMillis()));
        return polling.await(device, dialog.limit()).orElseThrow(() -> dialog.tooLate(account));
    }
}
