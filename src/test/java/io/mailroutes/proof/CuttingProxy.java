package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A relay on loopback in front of an IMAP server in clear that resets each connection after a random number of the
 * server's bytes, most often in the middle of a literal. It knows which mails have gone through it whole.
 */
final class CuttingProxy implements AutoCloseable {
    /** One connection in four ends before or soon after the login: after 256 bytes to 16 KiB. */
    private static final int SHORT_BITS = 14;

    /** The others after 256 KiB to 16 MiB. */
    private static final int LONG_BITS = 24;

    private final int target;
    private final Random random;
    private final ServerSocket door;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Queue<Passed> passed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger cuts = new AtomicInteger();
    private final AtomicInteger cutsInLiterals = new AtomicInteger();
    private final Semaphore fetches = new Semaphore(0);
    private volatile boolean calm;

    /**
     * The last byte of a mail has been sent to the client.
     *
     * @param at by {@link System#nanoTime}
     */
    record Passed(String messageId, long at, Connection connection) {}

    CuttingProxy(int target, Random random) {
        this.target = target;
        this.random = random;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on nothing is cut. */
    void calm() {
        calm = true;
    }

    int cuts() {
        return cuts.get();
    }

    int cutsInLiterals() {
        return cutsInLiterals.get();
    }

    /** Waits until the client asks for mails, and not longer than this. */
    void awaitFetch(Duration atMost) throws InterruptedException {
        fetches.drainPermits();
        boolean ignored = fetches.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Every mail that was sent to the client whole, once for each time. */
    Iterable<Passed> passed() {
        return passed;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                new Connection(door.accept()).start();
            } catch (IOException ended) {
                // closed by close(), or the server behind is down: the client sees its own connection end
                continue;
            }
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.forEach(Connection::end);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** One client's connection and the one to the server that belongs to it. */
    final class Connection {
        private final Socket client;
        private final Socket server;
        private final AtomicLong cutAt = new AtomicLong();
        private final FetchedLiterals literals =
                new FetchedLiterals(id -> passed.add(new Passed(id, System.nanoTime(), this)));
        private long left;

        Connection(Socket client) throws IOException {
            this.client = client;
            try {
                this.server = new Socket(InetAddress.getLoopbackAddress(), target);
            } catch (IOException e) {
                client.close();
                throw e;
            }
            synchronized (random) {
                left = random.nextInt(4) == 0 ? upTo(SHORT_BITS) : upTo(LONG_BITS);
            }
        }

        /** Each power of two is as likely as any other. */
        private long upTo(int mostBits) {
            int bits = mostBits - 6 + random.nextInt(6);
            return (1L << bits) + random.nextInt(1 << bits);
        }

        /** When it was cut; empty when the client or the server ended it. */
        Optional<Long> cutAt() {
            return Optional.of(cutAt.get()).filter(at -> at != 0);
        }

        private void start() {
            open.add(this);
            CuttingProxy.start(this::up);
            CuttingProxy.start(this::down);
        }

        private void up() {
            try (client;
                    server) {
                byte[] buffer = new byte[1 << 14];
                for (int length = client.getInputStream().read(buffer);
                        length >= 0;
                        length = client.getInputStream().read(buffer)) {
                    server.getOutputStream().write(buffer, 0, length);
                    fetches.release(new String(buffer, 0, length, ISO_8859_1).contains(" BODY.PEEK[]") ? 1 : 0);
                }
            } catch (IOException ended) {
                // either side closed or reset: leaving the try closes the other
            }
        }

        private void down() {
            byte[] buffer = new byte[1 << 14];
            try (client;
                    server) {
                for (int length = server.getInputStream().read(buffer);
                        length >= 0;
                        length = server.getInputStream().read(buffer)) {
                    if (!relay(buffer, length)) {
                        return;
                    }
                }
            } catch (IOException ended) {
                // either side closed: leaving the try closes the other
            } finally {
                open.remove(this);
            }
        }

        /** Returns false when the connection is cut. */
        private boolean relay(byte[] buffer, int length) throws IOException {
            int now = calm ? length : (int) Math.min(left, length);
            client.getOutputStream().write(buffer, 0, now);
            literals.heard(buffer, now);
            left -= now;
            if (now == length) {
                return true;
            }
            cutAt.set(System.nanoTime());
            cuts.incrementAndGet();
            cutsInLiterals.addAndGet(literals.isInside() ? 1 : 0);
            client.setSoLinger(true, 0); // a reset, which also throws away what the client has not read
            return false;
        }

        private void end() {
            try (client;
                    server) {
                client.setSoLinger(true, 0);
            } catch (IOException ignored) {
                // it was being closed anyway
            }
        }
    }
}
