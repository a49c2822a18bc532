package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * An IMAP server on loopback that plays one transcript per connection and records every line it was sent. The first
 * connection gets the first transcript, and so on; further connections get the last one.
 *
 * <pre>{@code
 * try (var server = ScriptedImapServer.plain(c -> {
 *     c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2");
 *     c.expect("AUTHENTICATE XOAUTH2 .+").ok("welcome");
 *     c.expect("CAPABILITY").send("* CAPABILITY IMAP4rev1 MOVE").ok("done");
 * })) { ... server.port() ... assertThat(server.received()).noneMatch(...) }
 * }</pre>
 *
 * <p>A transcript that ends closes its connection. A line that a transcript did not expect closes the connection too,
 * and {@link #close} then throws an {@link AssertionError} that says what came instead.
 */
public final class ScriptedImapServer implements AutoCloseable {
    /** What the server does on one connection. */
    @FunctionalInterface
    public interface Transcript {
        void play(ScriptedImapConnection connection) throws Exception;
    }

    private final ServerSocket listener;
    private final @Nullable SSLContext tls;
    private final boolean implicitTls;
    private final List<Transcript> transcripts;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<AssertionError> surprises = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private ScriptedImapServer(@Nullable SSLContext tls, boolean implicitTls, List<Transcript> transcripts) {
        this.tls = tls;
        this.implicitTls = implicitTls;
        this.transcripts = List.copyOf(transcripts);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException("no loopback port", e);
        }
        start("scripted-imap-accept", this::acceptAll);
    }

    /** Clear text; {@link ScriptedImapConnection#startTls} fails. */
    public static ScriptedImapServer plain(Transcript... transcripts) {
        return new ScriptedImapServer(null, false, List.of(transcripts));
    }

    /** TLS from the first byte. */
    public static ScriptedImapServer tls(SSLContext context, Transcript... transcripts) {
        return new ScriptedImapServer(context, true, List.of(transcripts));
    }

    /** Clear text until the transcript calls {@link ScriptedImapConnection#startTls}. */
    public static ScriptedImapServer startTls(SSLContext context, Transcript... transcripts) {
        return new ScriptedImapServer(context, false, List.of(transcripts));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections were accepted. */
    public int connections() {
        return connections.get();
    }

    /** Every line of every client, without its CRLF, in the order of arrival. */
    public List<String> received() {
        return new ArrayList<>(received);
    }

    /** What a transcript did not expect, so far. */
    public List<AssertionError> surprises() {
        return new ArrayList<>(surprises);
    }

    /** Closes every connection at once; new ones are taken. */
    public void dropAll() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Waits until every connection accepted so far has ended, 10 seconds at most. */
    public void awaitEnd() {
        for (Thread thread : threads.subList(1, threads.size())) {
            join(thread);
        }
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                int number = connections.getAndIncrement();
                open.add(socket);
                start("scripted-imap-" + number, () -> serve(socket, number));
            } catch (IOException closed) {
                return; // the test is over
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            Transcript transcript = transcripts.get(Math.min(number, transcripts.size() - 1));
            transcript.play(new ScriptedImapConnection(implicitTls ? secure(socket) : socket, this, number));
        } catch (AssertionError surprise) {
            surprises.add(surprise);
        } catch (IOException gone) {
            received.add("(connection " + number + " lost)");
        } catch (Exception e) {
            surprises.add(new AssertionError("the transcript itself failed", e));
        } finally {
            open.remove(socket);
        }
    }

    SSLSocket secure(Socket socket) throws IOException {
        SSLContext context = Optional.ofNullable(tls).orElseThrow(() -> new AssertionError("no certificate was given"));
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, false);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    void record(String line) {
        received.add(line);
    }

    static String latin(byte[] bytes, int length) {
        return new String(bytes, 0, length, ISO_8859_1);
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private static void join(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.forEach(ScriptedImapServer::join);
        if (!surprises.isEmpty()) {
            throw surprises.get(0);
        }
    }
}
