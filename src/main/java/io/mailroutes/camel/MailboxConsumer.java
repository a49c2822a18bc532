package io.mailroutes.camel;

import io.mailroutes.message.Mail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumer of one {@code mailbox:} endpoint: a {@link FolderLoop} on a thread of its own for each folder. */
final class MailboxConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxConsumer.class);

    /** SIGTERM has to end the program within 10 s, so this and {@link #AFTER_ABORT} leave room for the rest. */
    private static final Duration TO_FINISH = Duration.ofSeconds(5);

    private static final Duration AFTER_ABORT = Duration.ofSeconds(1);

    private final MailboxOptions options;
    private final List<RunningFolder> running = new ArrayList<>();
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
        FolderLoops loops = new FolderLoops(installation, this, options, executor());
        try {
            for (String folder : options.folders()) {
                FolderClaims.Claim claim = installation.claims().claim(options.account(), folder, getRouteId());
                FolderLoops.Started started = loops.create(folder, getRouteId());
                running.add(new RunningFolder(claim, started.folder(), started.loop()));
            }
        } catch (RuntimeException e) {
            release();
            throw e;
        }
        for (RunningFolder folder : running) {
            String name = "mailbox:" + options.account() + "/" + folder.folder().name();
            getEndpoint()
                    .getCamelContext()
                    .getExecutorServiceManager()
                    .newThread(name, folder.loop())
                    .start();
        }
    }

    @Override
    protected void doStop() throws Exception {
        running.forEach(folder -> folder.folder().stop());
        for (RunningFolder folder : running) {
            awaitEnd(folder);
        }
        release();
        if (pool != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(pool);
            pool = null;
        }
        super.doStop();
    }

    /** The exchange of one mail. */
    Exchange createExchange(Mail mail) {
        Exchange exchange = createExchange(true);
        Message message = exchange.getIn();
        message.setMessageId(mail.key().text());
        message.setHeaders(MailHeaders.of(mail));
        message.setBody(mail);
        MailAttachments.addTo(exchange, mail);
        return exchange;
    }

    private void awaitEnd(RunningFolder folder) throws InterruptedException {
        if (endsWithin(folder, TO_FINISH)) {
            return;
        }
        folder.loop().abort();
        if (!endsWithin(folder, AFTER_ABORT)) {
            LOG.warn(
                    "{}/{}: a mail is still in the route; it stays on the server and is delivered again",
                    options.account(),
                    folder.folder().name());
        }
    }

    private static boolean endsWithin(RunningFolder folder, Duration atMost) throws InterruptedException {
        try {
            folder.loop().result().handle((result, failure) -> true).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // handle() has taken the failure, and the loop has logged it
        }
    }

    private void release() {
        running.forEach(folder -> folder.claim().close());
        running.clear();
    }

    private Executor executor() {
        if (options.concurrency() == 1) {
            return Runnable::run;
        }
        ExecutorService created = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newFixedThreadPool(this, "mailbox:" + options.account(), options.concurrency());
        pool = created;
        return created;
    }
}
