package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Stands before the JDK's HTTP server, which tells the machine's time in {@code Date} whatever it is asked to, and writes
 * the time of the test's clock over it. Everything else passes as it is.
 */
final class DatedFront implements AutoCloseable {
    private static final byte[] FIELD = "\r\nDate: ".getBytes(US_ASCII);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Clock clock;
    private volatile Duration ahead = Duration.ZERO;

    DatedFront(InetSocketAddress server, Clock clock) {
        this.server = server;
        this.clock = clock;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wire.daemon(this::accept).start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How far the server's clock is ahead of the test's. */
    void ahead(Duration skew) {
        ahead = skew;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                join(listener.accept());
            } catch (IOException over) {
                return; // closed, or its server is
            }
        }
    }

    private void join(Socket client) throws IOException {
        try {
            Socket behind = new Socket(server.getAddress(), server.getPort());
            Wire.daemon(() -> pass(client, behind, false)).start();
            Wire.daemon(() -> pass(behind, client, true)).start();
        } catch (IOException gone) {
            client.close();
            throw gone;
        }
    }

    private void pass(Socket from, Socket to, boolean dated) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = new BufferedOutputStream(to.getOutputStream());
            byte[] block = new byte[64 * 1024];
            Stamp stamp = new Stamp();
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                if (dated) {
                    stamp.on(block, length);
                }
                out.write(block, 0, length);
                out.flush();
            }
        } catch (IOException closed) {
            return; // one side has ended, and with it the other
        }
    }

    /** Writes our date over the server's, which is as long, wherever a block ends. */
    private final class Stamp {
        private int seen;
        private int left;
        private byte[] date = {};

        void on(byte[] block, int length) {
            for (int at = 0; at < length; at++) {
                if (left > 0) {
                    block[at] = date[date.length - left--];
                } else {
                    look(block[at]);
                }
            }
        }

        private void look(byte next) {
            seen = next == FIELD[seen] ? seen + 1 : next == FIELD[0] ? 1 : 0;
            if (seen == FIELD.length) {
                seen = 0;
                date = DATE.format(clock.instant().plus(ahead).atOffset(ZoneOffset.UTC))
                        .getBytes(US_ASCII);
                left = date.length;
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
