package io.mailroutes.camel.webhook;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver that no HTTP server would be: each connection is in the hands of the test. */
final class RawReceiver implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** What is done on a connection after the head of its first request. */
    @FunctionalInterface
    interface Conduct {
        void act(InputStream in, OutputStream out) throws IOException;
    }

    RawReceiver(Conduct conduct) throws IOException {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    threads.execute(() -> serve(socket, conduct));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket, Conduct conduct) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            heads.add(head(in));
            conduct.act(in, socket.getOutputStream());
        } catch (IOException theClientHasLeft) {
            heads.add("left");
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return head.toString();
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** The head of each request, and "left" for each client that closed before the end. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    String url(String target) {
        return "http://127.0.0.1:" + server.getLocalPort() + target;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
