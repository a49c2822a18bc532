package io.mailroutes.camel.queue;

import io.mailroutes.account.ConfigurationException;
import io.mailroutes.account.Problem;
import io.mailroutes.account.QueueSettings;
import io.mailroutes.account.Settings;
import io.mailroutes.store.ProcessLock;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnector;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMRegistry;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ActiveMQ Artemis in this process, with its queues in {@code DATA/queue}. They survive a restart and {@code kill -9}. One
 * process at a time has them. A broker that has shut itself down, as it does when its disk fails, is started again by
 * the next mail.
 */
final class EmbeddedBroker implements JmsClient {
    /** By whose presence we tell that the broker is on the class path. */
    static final String LIBRARY = "org.apache.activemq.artemis.core.server.ActiveMQServers";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int START_SECONDS = 30;

    private final QueueSettings settings;
    private final Path directory;
    private final EmbeddedBrokerRoom room;

    /** Two brokers in one JVM are told apart by it. */
    private final int id = UUID.randomUUID().hashCode() & Integer.MAX_VALUE;

    private @Nullable ProcessLock lock;
    private @Nullable ActiveMQServer server;
    private @Nullable EmbeddedBrokerKeyStore keyStore;
    private @Nullable ConnectionFactory factory;

    EmbeddedBroker(Settings settings) {
        this.settings = settings.queue();
        this.directory = settings.dataDirectory().resolve("queue").toAbsolutePath();
        this.room = new EmbeddedBrokerRoom(directory, settings.queue().maximumSize());
    }

    @Override
    public synchronized void start() throws Exception {
        ProcessLock mine = ProcessLock.on(directory.resolve("lock"));
        if (!mine.isAcquired()) {
            // It stays open: closing it would free the lock of another installation in this JVM.
            throw new IllegalStateException("the queues in " + directory + " are in use by "
                    + mine.holder().map(pid -> "process " + pid).orElse("another process")
                    + ": stop that one, use another data directory, or one broker for both (" + RemoteJmsClient.URL
                    + ")");
        }
        lock = mine;
        boolean started = false;
        try {
            startServer();
            started = true;
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private void startServer() throws Exception {
        Optional<QueueSettings.Certificate> certificate = settings.listen().flatMap(QueueSettings.Listen::certificate);
        if (certificate.isPresent()) {
            keyStore = EmbeddedBrokerKeyStore.copy(certificate.get(), directory);
        }
        AtomicReference<Exception> failure = new AtomicReference<>();
        ActiveMQServer fresh = ActiveMQServers.newActiveMQServer(
                EmbeddedBrokerConfiguration.of(directory, id, settings, Optional.ofNullable(keyStore)),
                null,
                new EmbeddedBrokerGuard(settings.login()),
                true);
        fresh.registerActivationFailureListener(failure::set);
        server = fresh;
        fresh.start();
        if (failure.get() != null || !fresh.waitForActivation(START_SECONDS, TimeUnit.SECONDS)) {
            stopServer();
            throw notStarted(Optional.ofNullable(failure.get()));
        }
        factory = ArtemisClient.factory("vm://" + id);
        LOG.info("The queues are in {}{}", directory, listening(fresh));
    }

    private RuntimeException notStarted(Optional<Exception> failure) {
        LOG.debug("The embedded broker did not start", failure.orElse(null));
        String why =
                failure.map(e -> String.valueOf(e.getMessage())).orElse("not active after " + START_SECONDS + " s");
        Optional<QueueSettings.Listen> listen = settings.listen();
        if (listen.isPresent() && EmbeddedBrokerConfiguration.isAboutListening(failure)) {
            return new ConfigurationException(List.of(new Problem(
                    "mailroutes.queue.listen",
                    "cannot listen at " + listen.get().host() + " port "
                            + listen.get().port() + ": " + why)));
        }
        return new IllegalStateException("the embedded broker in " + directory + " cannot start: " + why);
    }

    private static String listening(ActiveMQServer server) {
        return server.getRemotingService().getAcceptor(EmbeddedBrokerConfiguration.LISTENER)
                        instanceof NettyAcceptor acceptor
                ? ", and are read at " + acceptor.getConfiguration().get("host") + " port " + acceptor.getActualPort()
                : "";
    }

    /** The port at which it is read from outside; empty when it is not. */
    synchronized Optional<Integer> port() {
        return server != null
                        && server.getRemotingService().getAcceptor(EmbeddedBrokerConfiguration.LISTENER)
                                instanceof NettyAcceptor acceptor
                ? Optional.of(acceptor.getActualPort())
                : Optional.empty();
    }

    @Override
    public synchronized Connection connect() throws JMSException, QueueAwayException {
        if (server == null || !server.isActive()) {
            restart();
        }
        if (factory == null) {
            throw new QueueAwayException("mail-queue-sink: " + where() + " has stopped", null);
        }
        return settings.login().isPresent()
                ? factory.createConnection(
                        settings.login().get().user(),
                        settings.login().get().password().reveal())
                : factory.createConnection();
    }

    private void restart() throws QueueAwayException {
        LOG.warn("The embedded broker has stopped by itself and is started again");
        stopServer();
        try {
            startServer();
        } catch (Exception e) {
            throw new QueueAwayException("mail-queue-sink: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public String where() {
        return "the embedded broker in " + directory;
    }

    @Override
    public void requireRoom(long bytes) throws QueueAwayException {
        room.require(bytes);
    }

    private void stopServer() {
        if (factory != null) {
            ArtemisClient.close(factory);
            factory = null;
        }
        if (server != null) {
            try {
                server.stop();
            } catch (Exception e) {
                LOG.debug("The embedded broker did not stop in order; its journal is complete all the same", e);
            }
            server = null;
            endSharedThreads();
        }
        deleteKeyStore();
    }

    private void deleteKeyStore() {
        if (keyStore != null) {
            try {
                keyStore.delete();
            } catch (IOException e) {
                LOG.debug("The copy of the key store could not be deleted; the next start replaces it", e);
            }
            keyStore = null;
        }
    }

    /** The threads of in-VM connections are the JVM's, and would keep it from ending for a minute. */
    private static void endSharedThreads() {
        if (InVMRegistry.instance.size() == 0) {
            InVMConnector.resetThreadPool();
        }
    }

    @Override
    public synchronized void close() {
        stopServer();
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }
}
