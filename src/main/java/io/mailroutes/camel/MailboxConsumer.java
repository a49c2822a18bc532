package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.message.Mail;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumer of one {@code mailbox:} endpoint: a {@link FolderLoop} on a thread of its own for each folder. */
final class MailboxConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxConsumer.class);

    /** For a loop that is in no route: time to tell the server what is delivered. */
    private static final Duration TO_SETTLE = Duration.ofSeconds(1);

    /** For mails in the route. SIGTERM has to end the program within 10 s, all folders of all routes together. */
    private static final Duration TO_FINISH = Duration.ofSeconds(5);

    /** For a loop whose connection was cut. */
    private static final Duration AFTER_ABORT = Duration.ofMillis(300);

    private final MailboxOptions options;
    private final List<RunningFolder> running = new CopyOnWriteArrayList<>();
    private final Runnable askToStop =
            () -> running.forEach(folder -> folder.folder().stop());
    private @Nullable ExecutorService pool;

    MailboxConsumer(MailboxEndpoint endpoint, Processor processor, MailboxOptions options) {
        super(endpoint, processor);
        this.options = options;
    }

    private record RunningFolder(FolderClaims.Claim claim, Folder folder, FolderLoop loop) {}

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Installation installation = Installation.of(getEndpoint().getCamelContext());
        Account account = installation.account(options.account());
        FolderLoops loops = new FolderLoops(installation, this, options, executor());
        boolean complete = false;
        try {
            for (String folder : options.folders()) {
                FolderLoops.Started started = loops.create(folder, getRouteId());
                FolderClaims.Claim claim = installation.claims().claim(account, folder, getRouteId());
                running.add(new RunningFolder(claim, started.folder(), started.loop()));
            }
            complete = true;
        } finally {
            if (!complete) {
                release();
            }
        }
        installation.beforeStop(askToStop);
        LoopThreads threads = new LoopThreads(
                getEndpoint().getCamelContext().getExecutorServiceManager(),
                Runtime.version().feature());
        for (RunningFolder folder : running) {
            installation.watch(folder.folder().status(), folder.loop().result());
            installation.lookout().add(folder.folder());
            String name = "mailbox:" + options.account() + "/" + folder.folder().name();
            threads.start(name, folder.loop());
        }
    }

    @Override
    protected void doStop() throws Exception {
        askToStop.run();
        try {
            for (RunningFolder folder : running) {
                awaitEnd(folder);
            }
        } finally {
            Installation installation = Installation.of(getEndpoint().getCamelContext());
            installation.stopped(askToStop);
            running.forEach(folder -> installation.lookout().remove(folder.folder()));
            release();
        }
        super.doStop();
    }

    /** The exchange of one mail, to be released by the caller. */
    Exchange createExchange(Mail mail) {
        Exchange exchange = createExchange(false);
        exchange.setIn(new RouteMessage(exchange, mail));
        return exchange;
    }

    /** Nothing is lost by cutting a connection: what the server was not told it is told by the next one. */
    private void awaitEnd(RunningFolder folder) throws InterruptedException {
        if (endsWithin(folder, TO_SETTLE.minus(folder.folder().stoppingFor()))
                || !folder.folder().inFlight().isEmpty()
                        && endsWithin(folder, TO_FINISH.minus(folder.folder().stoppingFor()))) {
            return;
        }
        folder.loop().abort();
        int left = folder.folder().inFlight().size();
        if (!endsWithin(folder, AFTER_ABORT) && left > 0) {
            LOG.warn(
                    "{}/{}: mails still in the route: {}; they stay on the server and are delivered again",
                    options.account(),
                    folder.folder().name(),
                    left);
        }
    }

    private static boolean endsWithin(RunningFolder folder, Duration atMost) throws InterruptedException {
        try {
            folder.loop()
                    .result()
                    .handle((result, failure) -> true)
                    .get(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // handle() has taken the failure, and the loop has logged it
        }
    }

    private void release() {
        running.forEach(folder -> {
            folder.claim().close();
            folder.folder().places().close();
        });
        running.clear();
        if (pool != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(pool);
            pool = null;
        }
    }

    /** Its threads are there only while there is mail to deliver. */
    private Executor executor() {
        ExecutorService created = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newCachedThreadPool(this, "mailbox:" + options.account());
        pool = created;
        return created;
    }
}
