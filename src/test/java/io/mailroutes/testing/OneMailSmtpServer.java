package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server for one mail, in clear, that lets everybody in by OAUTHBEARER or XOAUTH2 and keeps what was said. */
public final class OneMailSmtpServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public OneMailSmtpServer() throws IOException {
        Thread thread = new Thread(this::serve, "one-mail-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Every line of the client, the mail's too. */
    public List<String> lines() {
        return lines;
    }

    private void serve() {
        try (Socket socket = listener.accept();
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            OutputStream out = socket.getOutputStream();
            out.write("220 ready\r\n".getBytes(UTF_8));
            boolean mail = false;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
                boolean command = !mail;
                mail = mail ? !line.equals(".") : line.equalsIgnoreCase("DATA");
                if (command || !mail) {
                    out.write(answer(line).getBytes(UTF_8));
                }
            }
        } catch (IOException e) {
            lines.add("ended: " + e);
        }
    }

    private static String answer(String line) {
        String word = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        return switch (word) {
            case "EHLO" -> "250-here\r\n250 AUTH OAUTHBEARER XOAUTH2\r\n";
            case "AUTH" -> "235 2.7.0 in\r\n";
            case "DATA" -> "354 go on\r\n";
            case "QUIT" -> "221 bye\r\n";
            default -> "250 yes\r\n";
        };
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
