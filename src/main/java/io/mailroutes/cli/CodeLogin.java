package io.mailroutes.cli;

import io.mailroutes.account.Account;
import io.mailroutes.account.Consent;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.oauth.AuthorizationRequest;
import io.mailroutes.oauth.AuthorizationServer;
import io.mailroutes.oauth.Grant;
import io.mailroutes.oauth.LoopbackListener;
import io.mailroutes.oauth.PastedAnswer;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;

/** Consent in a browser, whose answer comes back through a loopback listener or through the terminal. */
final class CodeLogin {
    private static final int FIRST_DYNAMIC_PORT = 49_152;
    private static final int DYNAMIC_PORTS = 16_384;

    private final Account account;
    private final Consent consent;
    private final AuthorizationServer server;
    private final LoginDialog dialog;
    private final SecureRandom random = new SecureRandom();

    CodeLogin(Account account, OAuthClient client, AuthorizationServer server, LoginDialog dialog) {
        this.account = account;
        this.consent = client.consent();
        this.server = server;
        this.dialog = dialog;
    }

    /** What is made of a consent; throws when nothing comes of it. */
    @FunctionalInterface
    interface Completion {
        void with(Grant.AuthorizationCode grant) throws InterruptedException;
    }

    /** The browser learns how the completion ended. */
    void byBrowser(Completion completion) throws InterruptedException {
        if (!consent.reachesThisMachine()) {
            throw new UsageException("the answer goes to " + consent.redirectUri() + " (mailroutes.accounts."
                    + account.name() + ".redirect-uri), where Mailroutes cannot listen: mailroutes login "
                    + account.name() + " --paste");
        }
        try (LoopbackListener listener = listen()) {
            AuthorizationRequest request = request(listener.redirectUri());
            ask(request);
            dialog.open(request.uri());
            int port = listener.redirectUri().getPort();
            dialog.say("Waiting for " + LoginDialog.inWords(dialog.limit()) + " on 127.0.0.1 port " + port
                    + ". If the browser is on another machine: ssh -L " + port + ":127.0.0.1:" + port
                    + " to this one, or mailroutes login " + account.name() + " --paste");
            complete(listener, request, completion);
        }
    }

    private void complete(LoopbackListener listener, AuthorizationRequest request, Completion completion)
            throws InterruptedException {
        try {
            Grant.AuthorizationCode grant =
                    listener.await(request, dialog.limit()).orElseThrow(() -> dialog.tooLate(account));
            dialog.say("Consent received: fetching the token and trying the mailbox.");
            completion.with(grant);
            listener.succeeded("The token is stored, and it opens the mailbox " + account.user() + ".");
        } catch (RuntimeException e) {
            listener.failed(StartFailure.inWords(e));
            throw e;
        }
    }

    Grant.AuthorizationCode byPaste() throws InterruptedException {
        // Nobody listens there: a port that is free on most machines, so that the code goes to nobody.
        int port = consent.redirectPort() > 0
                ? consent.redirectPort()
                : FIRST_DYNAMIC_PORT + random.nextInt(DYNAMIC_PORTS);
        AuthorizationRequest request = request(
                consent.reachesThisMachine()
                        ? LoopbackListener.withPort(consent.redirectUri(), port)
                        : consent.redirectUri());
        ask(request);
        dialog.say("Afterwards the browser goes to " + request.redirectUri() + ", which may well say that it cannot be"
                + " reached. Copy the whole address from its address bar (or the code, if a page shows one), paste it"
                + " here and press Enter:");
        return PastedAnswer.read(dialog.readLine(account), account.name(), request);
    }

    private LoopbackListener listen() {
        try {
            return LoopbackListener.open(consent.redirectUri(), consent.redirectPort());
        } catch (IOException e) {
            throw new UsageException("port " + consent.redirectPort() + " of 127.0.0.1 cannot be listened on ("
                    + e.getMessage() + "): end what uses it, or set mailroutes.accounts." + account.name()
                    + ".redirect-port to another one that is registered for the client");
        }
    }

    private AuthorizationRequest request(URI redirectUri) {
        return AuthorizationRequest.to(server, redirectUri, who(), random);
    }

    private String who() {
        return account.loginUser().orElse(account.user());
    }

    private void ask(AuthorizationRequest request) {
        dialog.say("Open this address in a browser, sign in as " + who() + " and consent:");
        dialog.print(request.uri().toString());
    }
}
