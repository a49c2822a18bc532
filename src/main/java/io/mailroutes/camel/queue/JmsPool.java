package io.mailroutes.camel.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, and as many sessions as threads send at the same time. A connection that failed is given up with all
 * its sessions, and the next mail opens another: that is how a broker that was restarted is found again.
 */
final class JmsPool {
    /** Closes something of a client. */
    private interface Closing {
        void close() throws JMSException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(JmsPool.class);

    private final JmsClient client;
    private final Executor closing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<JmsSession> idle = new ArrayDeque<>();
    private @Nullable Connection connection;

    /** @param closing where broken connections are closed, which may take as long as an answer */
    JmsPool(JmsClient client, Executor closing) {
        this.client = client;
        this.closing = closing;
    }

    /** A session for this thread alone, until it is given back or its connection is given up. */
    JmsSession borrow() throws JMSException, QueueAwayException, InterruptedException {
        lock.lockInterruptibly();
        try {
            JmsSession known = idle.poll();
            return known != null ? known : new JmsSession(open());
        } finally {
            lock.unlock();
        }
    }

    private Connection open() throws JMSException, QueueAwayException {
        if (connection == null) {
            Connection fresh = client.connect();
            fresh.setExceptionListener(failure -> giveUp(fresh));
            connection = fresh;
        }
        return connection;
    }

    /** @param good whether it may be used again */
    void release(JmsSession session, boolean good) {
        lock.lock();
        try {
            if (good && session.connection() == connection) {
                idle.push(session);
                return;
            }
        } finally {
            lock.unlock();
        }
        closeAside(session::close);
    }

    /** Nobody is sure of this session's connection any more. */
    void giveUpConnection(JmsSession session) {
        giveUp(session.connection());
    }

    /** No session could be opened. */
    void giveUpConnection() {
        Connection broken;
        lock.lock();
        try {
            broken = connection;
        } finally {
            lock.unlock();
        }
        if (broken != null) {
            giveUp(broken);
        }
    }

    private void giveUp(Connection broken) {
        lock.lock();
        try {
            if (connection == broken) {
                connection = null;
                idle.clear();
            }
        } finally {
            lock.unlock();
        }
        closeAside(broken::close);
    }

    private void closeAside(Closing part) {
        try {
            closing.execute(() -> close(part));
        } catch (RejectedExecutionException stopping) {
            close(part);
        }
    }

    /** Ends all sessions, also those that are in use. */
    void close() {
        Connection open;
        lock.lock();
        try {
            open = connection;
            connection = null;
            idle.clear();
        } finally {
            lock.unlock();
        }
        if (open != null) {
            close(open::close);
        }
    }

    private static void close(Closing part) {
        try {
            part.close();
        } catch (JMSException | RuntimeException broken) {
            LOG.debug("A connection to a broker could not be closed in order", broken);
        }
    }
}
