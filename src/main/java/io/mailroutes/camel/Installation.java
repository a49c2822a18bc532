package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.deadletter.DeadLetters;
import io.mailroutes.ledger.Ledger;
import io.mailroutes.oauth.HttpLimits;
import io.mailroutes.store.AccountRows;
import io.mailroutes.store.ActivityRows;
import io.mailroutes.store.SpoolDirectory;
import io.mailroutes.store.Store;
import io.mailroutes.token.Expiry;
import io.mailroutes.token.TokenKeeper;
import io.mailroutes.token.TokenKeys;
import io.mailroutes.token.TokenSource;
import io.mailroutes.token.TokenSources;
import io.mailroutes.token.TokenStorage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mailroutes inside one Camel context: its accounts, tokens, ledger and dead letters. Two contexts in one JVM have
 * nothing in common. Closes with its context.
 */
public final class Installation extends ServiceSupport {
    /** What is to be known beside the configuration. */
    public record Terms(
            RunMode mode,
            boolean acceptsResync,
            Clock clock,
            RandomGenerator random,
            Rhythm rhythm,
            Consumer<Error> onFatal) {
        /** In a standard rhythm; an error of the JVM is logged, for a host decides itself what it does then. */
        public Terms(RunMode mode, boolean acceptsResync, Clock clock, RandomGenerator random) {
            this(mode, acceptsResync, clock, random, Rhythm.STANDARD, Terms::log);
        }

        /** Until stopped, by the system's clock. */
        public static Terms standard() {
            return new Terms(RunMode.CONTINUOUS, false, Clock.systemUTC(), RandomGenerator.getDefault());
        }

        public Terms once() {
            return new Terms(RunMode.ONCE, acceptsResync, clock, random, rhythm, onFatal);
        }

        public Terms acceptingResync() {
            return new Terms(mode, true, clock, random, rhythm, onFatal);
        }

        public Terms in(Rhythm other) {
            return new Terms(mode, acceptsResync, clock, random, other, onFatal);
        }

        /** @param act is told of every OutOfMemoryError and error inside Java, on the thread that met it */
        public Terms onFatal(Consumer<Error> act) {
            return new Terms(mode, acceptsResync, clock, random, rhythm, act);
        }

        void tellFatal(Throwable failure) {
            FatalErrors.in(failure).ifPresent(onFatal);
        }

        private static void log(Error error) {
            LOG.error("Java itself has failed; what is to be done about that is for the program to decide", error);
        }
    }

    /** One folder that a route reads. */
    public record Watched(MailboxStatus status, CompletableFuture<LoopResult> result) {}

    /** A route that reads a folder; when it is started again it is the same one. */
    private record Reader(String account, String folder, String route) {}

    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    /** A server that hangs holds one of them for up to a minute. */
    private static final int TOKEN_THREADS = 4;

    private final Configuration configuration;
    private final Terms terms;
    private final Store store;
    private final SpoolDirectory spool;
    private final Ledger ledger;
    private final DeadLetters deadLetters;
    private final TokenKeeper tokens;
    private final ExecutorService tokenThreads;
    private final ScheduledExecutorService tokenClock;
    private final ExecutorService connectThreads;
    private final Connector connector;
    private final FolderClaims claims;
    private final Lookout lookout;
    private final Sightings sightings;
    private final Map<Reader, Watched> watched = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Set<Runnable> beforeStop = ConcurrentHashMap.newKeySet();

    private Installation(CamelContext context, Configuration configuration, Terms terms) {
        this.configuration = configuration;
        this.terms = terms;
        Path data = configuration.settings().dataDirectory();
        this.store = Store.open(data, configuration.settings().storeUrl(), terms.clock());
        boolean complete = false;
        try {
            ExecutorServiceManager threads = context.getExecutorServiceManager();
            this.tokenThreads = threads.newFixedThreadPool(this, "mailroutes-tokens", TOKEN_THREADS);
            this.tokenClock = threads.newSingleThreadScheduledExecutor(this, "mailroutes-token-clock");
            this.connectThreads = threads.newCachedThreadPool(this, "mailroutes-connect");
            this.connector =
                    new Connector(new ConnectGate(ConnectGate.Limits.STANDARD, terms.random()), connectThreads);
            this.ledger = new Ledger(store, terms.clock());
            this.deadLetters = new DeadLetters(data.resolve("dead-letters"), terms.clock());
            this.tokens = keeper();
            this.claims = new FolderClaims(data.resolve("locks"));
            this.lookout = new Lookout(terms, threads.newSingleThreadScheduledExecutor(this, "mailroutes-lookout"));
            this.sightings = new Sightings(new ActivityRows(store), new AccountRows(store), terms.clock());
            this.spool = SpoolDirectory.open(data.resolve("tmp"));
            complete = true;
        } finally {
            if (!complete) {
                store.close();
            }
        }
    }

    private TokenKeeper keeper() {
        DoubleSupplier random = terms.random()::nextDouble;
        TokenStorage storage = TokenStorage.in(store, TokenKeys.of(configuration.settings()), terms.clock());
        TokenSources sources = new TokenSources(storage, terms.clock(), random, tokenThreads, HttpLimits.DEFAULT);
        return new TokenKeeper(
                configuration.accounts().values(), sources, storage, terms.clock(), random, tokenThreads);
    }

    /** Installs Mailroutes in a context that has none yet; it closes when the context stops. */
    static Installation create(CamelContext context, Configuration configuration, Terms terms) {
        Installation installation = new Installation(context, configuration, terms);
        context.getCamelContextExtension().addContextPlugin(Installation.class, installation);
        try {
            context.addService(installation, true, true);
            context.addLifecycleStrategy(new LifecycleStrategySupport() {
                @Override
                public void onContextStopping(CamelContext stopping) {
                    installation.beforeStop.forEach(Runnable::run);
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException("Mailroutes could not be added to the Camel context", e);
        }
        return installation;
    }

    /** @throws IllegalStateException in words, when Mailroutes is not installed in this context */
    public static Installation of(CamelContext context) {
        Installation installation = context.getCamelContextExtension().getContextPlugin(Installation.class);
        if (installation == null) {
            throw new IllegalStateException("no account is configured: set mailroutes.accounts.NAME.* in the"
                    + " application's properties, or call Mailroutes.install(camelContext) before the routes start");
        }
        return installation;
    }

    /** @throws IllegalStateException that names the accounts there are, when this one is not configured */
    Account account(String name) {
        Account account = configuration.accounts().get(name);
        if (account == null) {
            throw new IllegalStateException("the account " + name + " is not configured: set mailroutes.accounts."
                    + name + ".*; configured are "
                    + String.join(", ", configuration.accounts().keySet()));
        }
        return account;
    }

    public Configuration configuration() {
        return configuration;
    }

    /** The folders that were read in this context since it started, ended ones included; each with its last result. */
    public List<Watched> watched() {
        synchronized (watched) {
            return List.copyOf(watched.values());
        }
    }

    /** @throws IllegalStateException that names the accounts there are, when this one is not configured */
    public TokenSource tokens(String account) {
        return tokens.source(account(account).name());
    }

    Ledger ledger() {
        return ledger;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    FolderClaims claims() {
        return claims;
    }

    Connector connector() {
        return connector;
    }

    Lookout lookout() {
        return lookout;
    }

    Terms terms() {
        return terms;
    }

    public Clock clock() {
        return terms.clock();
    }

    public RandomGenerator random() {
        return terms.random();
    }

    /** The counts of a route go on when it is started again. */
    MailboxStatus status(String account, String folder, String route) {
        Watched before = watched.get(new Reader(account, folder, route));
        return before != null ? before.status() : new MailboxStatus(terms.clock(), account, folder, route);
    }

    void watch(MailboxStatus status, CompletableFuture<LoopResult> result) {
        MailboxStatus.Snapshot now = status.snapshot();
        watched.put(new Reader(now.account(), now.folder(), now.route()), new Watched(status, result));
    }

    /** Called when the context begins to stop. Camel stops routes one after the other: all have to begin at once. */
    public void beforeStop(Runnable askToStop) {
        beforeStop.add(askToStop);
    }

    public void stopped(Runnable askToStop) {
        beforeStop.remove(askToStop);
    }

    /** Large mails are streamed here. */
    public Path temporaryDirectory() {
        return spool.path();
    }

    /** What will end and when, of all accounts, the soonest first; reads the store. */
    public List<Expiry> expiries() {
        return tokens.expiries();
    }

    @Override
    protected void doStart() {
        tokenClock.scheduleWithFixedDelay(tokens::tick, 1, 1, TimeUnit.SECONDS);
        lookout.start(() -> sightings.note(snapshots()));
    }

    private List<MailboxStatus.Snapshot> snapshots() {
        return watched().stream().map(folder -> folder.status().snapshot()).toList();
    }

    @Override
    protected void doStop() {
        tokenClock.shutdownNow();
        lookout.stop();
        sightings.noteLast(snapshots());
        endTokenRequests();
        spool.close();
        store.close();
    }

    /** An answer that nobody waits for may hold the only refresh token that still works. */
    private void endTokenRequests() {
        LastRequests.await(List.of(tokenThreads, connectThreads));
    }
}
