package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A relay on loopback in front of a server that speaks in clear: keeps each line the client sends, and can cut or
 * silence every connection.
 */
public final class RecordingProxy implements AutoCloseable {
    private final int target;
    private final ServerSocket door;
    private final List<ClientLine> lines = Collections.synchronizedList(new ArrayList<>());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile boolean silent;

    /**
     * One line from the client.
     *
     * @param connection 1 for the first connection
     */
    public record ClientLine(int connection, String text) {}

    /** Listens at once; {@code target} is a port of the loopback address. */
    public RecordingProxy(int target) {
        this.target = target;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** All lines of all connections, in the order of arrival. */
    public List<ClientLine> lines() {
        return List.copyOf(lines);
    }

    /** How many lines contain the regular expression, case ignored: {@code count("^\\S+ UID FETCH")}. */
    public long count(String regex) {
        Pattern pattern = Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
        return lines().stream()
                .filter(line -> pattern.matcher(line.text()).find())
                .count();
    }

    /** Forgets the lines so far. */
    public void forget() {
        lines.clear();
    }

    /** Connections accepted so far. */
    public int connections() {
        return accepted.get();
    }

    /** Cuts every open connection; new ones are accepted. */
    public void cutAll() {
        open.forEach(RecordingProxy::closeQuietly);
    }

    /** From now on bytes vanish in both directions, as on a half-open connection; {@code false} ends that. */
    public void silent(boolean on) {
        silent = on;
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cutAll();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException ended) {
                // closed by close(), or the server behind is down: the client sees its own connection end
                continue;
            }
        }
    }

    private void connect(Socket client) throws IOException {
        int number = accepted.incrementAndGet();
        open.add(client);
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(server);
            start(() -> relay(client, server, new Lines(number)));
            start(() -> relay(server, client, (bytes, length) -> {}));
        } catch (IOException e) {
            closeQuietly(client);
            throw e;
        }
    }

    private void relay(Socket from, Socket to, Listener listener) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (!silent) {
                    listener.heard(buffer, length);
                    out.write(buffer, 0, length);
                    out.flush();
                }
            }
        } catch (IOException ended) {
            // either side closed or cutAll(): leaving the try closes the other
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // it was being closed anyway
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "recording-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Listener {
        void heard(byte[] bytes, int length);
    }

    /** Cuts what one client sends into lines; used by one thread. */
    private final class Lines implements Listener {
        private final int connection;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(int connection) {
            this.connection = connection;
        }

        @Override
        public void heard(byte[] bytes, int length) {
            for (int i = 0; i < length; i++) {
                if (bytes[i] == '\n') {
                    lines.add(new ClientLine(connection, line.toString(ISO_8859_1)));
                    line.reset();
                } else if (bytes[i] != '\r') {
                    line.write(bytes[i]);
                }
            }
        }
    }
}
