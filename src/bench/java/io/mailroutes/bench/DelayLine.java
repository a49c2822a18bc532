package io.mailroutes.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A relay on loopback that makes the server seem far away: each byte arrives half a round trip later, as many at a time
 * as are sent. Counts the turns: how often the client spoke after the server had.
 */
final class DelayLine implements AutoCloseable {
    /** In flight in one direction at most, as with a large TCP window. */
    private static final int WINDOW = 64 << 20;

    private static final byte[] END = {};

    private final int target;
    private final long oneWayNanos;
    private final ServerSocket door;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();

    /** @param target a port of the loopback address */
    DelayLine(int target, Duration roundTrip) {
        this.target = target;
        this.oneWayNanos = roundTrip.toNanos() / 2;
        try {
            door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("delay-line-accept", this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How often a client waited for an answer, over all connections; the greeting is no turn. */
    long turns() {
        return turns.get();
    }

    long connections() {
        return connections.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException closed) {
                // close() ends the loop; a server that is down is seen by the client
                continue;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        connections.incrementAndGet();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        AtomicBoolean serverSpoke = new AtomicBoolean(true);
        new Direction(client, server, () -> {
                    if (serverSpoke.getAndSet(false)) {
                        turns.incrementAndGet();
                    }
                })
                .start();
        new Direction(server, client, () -> serverSpoke.set(true)).start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private record Chunk(byte[] bytes, long dueNanos) {}

    /** One thread reads and stamps, one waits and writes. */
    private final class Direction {
        private final Socket from;
        private final Socket to;
        private final Runnable onSpeech;
        private final BlockingQueue<Chunk> line = new LinkedBlockingQueue<>();
        private final Semaphore window = new Semaphore(WINDOW);

        Direction(Socket from, Socket to, Runnable onSpeech) {
            this.from = from;
            this.to = to;
            this.onSpeech = onSpeech;
        }

        void start() {
            DelayLine.start("delay-line-in", this::read);
            DelayLine.start("delay-line-out", this::write);
        }

        private void read() {
            byte[] buffer = new byte[1 << 18];
            try {
                InputStream in = from.getInputStream();
                for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                    onSpeech.run();
                    window.acquireUninterruptibly(length);
                    line.add(new Chunk(Arrays.copyOf(buffer, length), System.nanoTime() + oneWayNanos));
                }
            } catch (IOException reset) {
                // the other side learns it as an end
            } finally {
                line.add(new Chunk(END, System.nanoTime() + oneWayNanos));
            }
        }

        private void write() {
            try (from;
                    to) {
                OutputStream out = to.getOutputStream();
                for (Chunk chunk = line.take(); chunk.bytes() != END; chunk = line.take()) {
                    waitUntil(chunk.dueNanos());
                    out.write(chunk.bytes());
                    window.release(chunk.bytes().length);
                }
            } catch (IOException reset) {
                // leaving the try closes both sides
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                window.release(WINDOW); // the reader may wait for room that nobody makes any more
            }
        }

        private void waitUntil(long dueNanos) {
            for (long left = dueNanos - System.nanoTime(); left > 0; left = dueNanos - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
