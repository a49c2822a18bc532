package io.mailroutes.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches an INBOX with one command, each mail from the socket into a file, and flags all with one command. Trusts the
 * server and survives nothing: the limit of what a careful program can reach. Arguments: port, user, password, directory.
 */
final class RawFetchMain {
    private static final Pattern BODY = Pattern.compile("\\* \\d+ FETCH \\(UID (\\d+) .*\\{(\\d+)}");

    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;

    private RawFetchMain(Socket socket) throws IOException {
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    public static void main(String[] arguments) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
            RawFetchMain fetch = new RawFetchMain(socket);
            fetch.line();
            String login = "\0" + arguments[1] + "\0" + arguments[2];
            fetch.command("AUTHENTICATE PLAIN " + Base64.getEncoder().encodeToString(login.getBytes(UTF_8)));
            fetch.command("SELECT INBOX");
            fetch.bodies(Path.of(arguments[3]));
            fetch.command("UID STORE 1:* +FLAGS.SILENT (\\Seen)");
        }
    }

    private void bodies(Path directory) throws IOException {
        send("UID FETCH 1:* (UID FLAGS BODY.PEEK[])");
        for (String line = line(); line.startsWith("* ") || line.equals(")"); line = line()) {
            Matcher body = BODY.matcher(line);
            if (body.matches()) {
                body(directory.resolve(body.group(1) + ".eml"), Long.parseLong(body.group(2)));
            }
        }
    }

    private void body(Path file, long size) throws IOException {
        try (OutputStream into = Files.newOutputStream(file)) {
            for (long left = size; left > 0; ) {
                if (from == to) {
                    fill();
                }
                int length = (int) Math.min(left, to - from);
                into.write(buffer, from, length);
                from += length;
                left -= length;
            }
        }
    }

    private void command(String command) throws IOException {
        send(command);
        String line = line();
        while (line.startsWith("* ")) {
            line = line();
        }
        if (!line.startsWith("a OK")) {
            throw new IOException(command.substring(0, command.indexOf(' ')) + " failed: " + line);
        }
    }

    private void send(String command) throws IOException {
        out.write(("a " + command + "\r\n").getBytes(UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            for (int at = from; at < to; at++) {
                if (buffer[at] == '\n') {
                    line.append(new String(buffer, from, at - from, ISO_8859_1));
                    from = at + 1;
                    return line.toString().stripTrailing();
                }
            }
            line.append(new String(buffer, from, to - from, ISO_8859_1));
            from = to;
            fill();
        }
    }

    private void fill() throws IOException {
        from = 0;
        to = in.read(buffer);
        if (to < 0) {
            to = 0;
            throw new EOFException("the server closed the connection");
        }
    }
}
