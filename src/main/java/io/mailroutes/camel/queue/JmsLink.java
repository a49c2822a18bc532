package io.mailroutes.camel.queue;

import static java.util.Objects.requireNonNull;

import io.mailroutes.account.ConfigurationException;
import io.mailroutes.account.Problem;
import io.mailroutes.account.QueueSettings;
import io.mailroutes.camel.Installation;
import io.mailroutes.message.Mail;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one link of an installation to its broker, which all its sinks share. The first sink that starts makes it; with
 * the embedded broker it also starts that one. It closes after the routes have ended.
 */
final class JmsLink extends ServiceSupport {
    private final CamelContext context;
    private final JmsClient client;
    private final JmsFailures failures;
    private @Nullable JmsPool pool;
    private @Nullable ScheduledExecutorService watch;
    private @Nullable ExecutorService closing;

    private JmsLink(CamelContext context, JmsClient client) {
        this.context = context;
        this.client = client;
        this.failures = new JmsFailures(client.where());
    }

    /**
     * The link of this context.
     *
     * @throws ConfigurationException when {@code mailroutes.queue.*} cannot be followed
     */
    static JmsLink of(CamelContext context) {
        Installation installation = Installation.of(context);
        synchronized (installation) {
            JmsLink known = context.getCamelContextExtension().getContextPlugin(JmsLink.class);
            return known != null ? known : create(context, installation);
        }
    }

    private static JmsLink create(CamelContext context, Installation installation) {
        JmsLink link = new JmsLink(context, client(context, installation));
        try {
            context.addService(link, true, true);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the link to the broker could not be added to the Camel context", e);
        }
        context.getCamelContextExtension().addContextPlugin(JmsLink.class, link);
        return link;
    }

    private static JmsClient client(CamelContext context, Installation installation) {
        QueueSettings settings = installation.configuration().settings().queue();
        if (settings.url().isPresent()) {
            return RemoteJmsClient.of(settings.url().get(), settings.login(), context.getClassResolver());
        }
        if (!settings.embedded()) {
            throw problem(
                    RemoteJmsClient.URL,
                    "is needed: mailroutes.queue.embedded is false, and a route uses" + " mail-queue-sink");
        }
        if (context.getClassResolver().resolveClass(EmbeddedBroker.LIBRARY) == null) {
            throw problem(
                    "mailroutes.queue.embedded",
                    "the embedded broker is not here: put artemis-server and"
                            + " artemis-jakarta-client on the class path, or set mailroutes.queue.url");
        }
        return new EmbeddedBroker(installation.configuration().settings());
    }

    JmsClient client() {
        return client;
    }

    private static ConfigurationException problem(String key, String text) {
        return new ConfigurationException(List.of(new Problem(key, text)));
    }

    /**
     * Returns when the broker has the mail on its disk.
     *
     * @throws IOException when the mail cannot be read
     * @throws InterruptedException when the program stops
     */
    void send(Mail mail, QueueOrder order) throws QueueSinkException, IOException, InterruptedException {
        client.requireRoom(mail.raw().size());
        JmsPool sessions = requireNonNull(pool, "not started");
        try (JmsDeadline deadline = JmsDeadline.begin(requireNonNull(watch, "not started"), order.limit())) {
            JmsSession session = session(sessions, order, deadline);
            boolean acknowledged = false;
            try {
                send(session, mail, order, deadline);
                acknowledged = true;
            } catch (QueueUnansweredException doubtful) {
                sessions.giveUpConnection(session);
                throw doubtful;
            } finally {
                sessions.release(session, acknowledged);
            }
        }
    }

    private JmsSession session(JmsPool sessions, QueueOrder order, JmsDeadline deadline)
            throws QueueSinkException, InterruptedException {
        try {
            return sessions.borrow();
        } catch (JMSException | RuntimeException failure) {
            sessions.giveUpConnection();
            if (deadline.hasPassed()) {
                throw failures.late(false, order.limit(), failure);
            }
            requireNoInterruption(failure);
            throw failures.connecting(failure);
        } catch (InterruptedException interrupted) {
            if (deadline.hasPassed()) {
                throw failures.late(false, order.limit(), interrupted);
            }
            throw interrupted;
        }
    }

    private void send(JmsSession session, Mail mail, QueueOrder order, JmsDeadline deadline)
            throws QueueSinkException, IOException, InterruptedException {
        try (ProgressStream bytes = ProgressStream.of(mail.raw(), deadline)) {
            try {
                session.send(mail, order, client.streams(), bytes);
            } catch (JMSException | RuntimeException failure) {
                bytes.rethrowFailure();
                if (deadline.hasPassed()) {
                    throw failures.late(true, order.limit(), failure);
                }
                requireNoInterruption(failure);
                throw failures.sending(failure, order.destination());
            }
        }
    }

    private static void requireNoInterruption(Throwable failure) throws InterruptedException {
        if (JmsFailures.isInterrupted(failure)) {
            InterruptedException interrupted = new InterruptedException("while a broker was waited for");
            interrupted.addSuppressed(failure);
            throw interrupted;
        }
    }

    @Override
    protected void doStart() throws Exception {
        ExecutorServiceManager threads = context.getExecutorServiceManager();
        watch = threads.newSingleThreadScheduledExecutor(this, "mailroutes-queue-watch");
        closing = threads.newCachedThreadPool(this, "mailroutes-queue-close");
        pool = new JmsPool(client, closing);
        client.start();
    }

    @Override
    protected void doStop() {
        if (pool != null) {
            pool.close();
        }
        client.close();
        ExecutorServiceManager threads = context.getExecutorServiceManager();
        if (watch != null) {
            threads.shutdownNow(watch);
        }
        if (closing != null) {
            threads.shutdown(closing);
        }
    }
}
