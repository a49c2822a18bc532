package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.ImapSettings;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.message.TrustedServers;
import io.mailroutes.token.TokenSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;

/** Puts together what reads a folder. */
final class FolderLoops {
    private final Installation installation;
    private final MailboxConsumer consumer;
    private final MailboxOptions options;
    private final Executor executor;
    private final List<Places> all = new ArrayList<>();
    private final GmailClaims gmailClaims = new GmailClaims();

    FolderLoops(Installation installation, MailboxConsumer consumer, MailboxOptions options, Executor executor) {
        this.installation = installation;
        this.consumer = consumer;
        this.options = options;
        this.executor = executor;
    }

    record Started(Folder folder, FolderLoop loop) {}

    Started create(String name, String route) {
        Account account = installation.account(options.account());
        Clock clock = installation.clock();
        Places places = new Places(name, options, real -> installation.claims().claimToo(account.name(), real, route));
        all.add(places);
        boolean several = options.folders().size() > 1;
        FolderLedger ledger = installation.ledger().folder(account.name(), places::folder, several);
        MailboxStatus status = installation.status(account.name(), name, route);
        Signal signal = new Signal();
        InFlight inFlight = new InFlight(signal, clock);
        AttemptPolicy policy = installation.terms().mode() == RunMode.ONCE
                ? AttemptPolicy.once(options.maximumAttempts())
                : AttemptPolicy.CONTINUOUS;
        Folder folder = new Folder(
                places,
                options,
                ledger,
                status,
                signal,
                inFlight,
                new Deliverer(
                        new RouteDelivery(consumer, inFlight, installation.terms()::tellFatal),
                        inFlight,
                        executor,
                        options.concurrency()),
                new Settlement(
                        ledger, installation.deadLetters(), status, route, options.maximumAttempts(), policy, clock),
                new Candidates(ledger, options.select(), options.searchTerm(), clock),
                new FetchTrouble(clock),
                new Twins(installation.ledger(), ledger, account.name(), places, all, gmailClaims, signal),
                installation.terms(),
                TrustedServers.of(account.authservIds()));
        FolderLoop loop = new FolderLoop(
                folder,
                waiting -> installation.connector().connect(waiting, host(account), () -> open(account)),
                clock,
                installation.random());
        return new Started(folder, loop);
    }

    private static String host(Account account) {
        return account.imap().host().toLowerCase(Locale.ROOT);
    }

    private ImapConnection open(Account account) {
        TokenSource tokens = installation.tokens(account.name());
        ImapSettings settings = ImapSettings.defaults(installation.temporaryDirectory())
                .withMaximumSize(options.largestMail())
                .withTls(installation.connector().tls())
                .withProbeTimeout(installation.terms().rhythm().answer());
        return ImapConnection.open(account, tokens, settings);
    }
}
