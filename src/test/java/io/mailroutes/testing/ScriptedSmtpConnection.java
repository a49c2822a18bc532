package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.regex.Pattern;

/** The server's end of one connection of a {@link ScriptedSmtpServer}. */
public final class ScriptedSmtpConnection {
    private final ScriptedSmtpServer server;
    private final int number;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    ScriptedSmtpConnection(Socket socket, ScriptedSmtpServer server, int number) throws IOException {
        this.server = server;
        this.number = number;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Greets, and answers EHLO with these extensions. */
    public ScriptedSmtpConnection greet(String... extensions) throws IOException {
        return send("220 scripted ESMTP").hello(extensions);
    }

    /** Answers EHLO with these extensions. */
    public ScriptedSmtpConnection hello(String... extensions) throws IOException {
        expect("EHLO .+").send("250-scripted");
        for (String extension : extensions) {
            send("250-" + extension);
        }
        return send("250 8BITMIME");
    }

    /** Reads a line that matches this regular expression. */
    public ScriptedSmtpConnection expect(String regex) throws IOException {
        String line = readLine();
        if (!Pattern.matches(regex, line)) {
            throw new AssertionError("connection " + number + " expected " + regex + " but got " + line);
        }
        return this;
    }

    /** Sends a line as it is. */
    public ScriptedSmtpConnection send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(ISO_8859_1));
        out.flush();
        return this;
    }

    /** Negotiates TLS now; the answer to STARTTLS must have been sent. */
    public ScriptedSmtpConnection startTls() throws IOException {
        socket = server.secure(socket);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        return this;
    }

    /** Takes every mail until QUIT or the end of the connection. */
    public void takeMails() throws IOException {
        answer("250 queued");
    }

    /** Answers every command, the end of a mail with this line, and closes after QUIT. */
    public void answer(String afterMail) throws IOException {
        try {
            for (String line = readLine(); !line.equals("QUIT"); line = readLine()) {
                if (line.equals("DATA")) {
                    send("354 go on");
                    server.take(readMail());
                    send(afterMail);
                } else {
                    send("250 fine");
                }
            }
            send("221 bye");
        } catch (EOFException closed) {
            return;
        }
    }

    /** Reads (and records) whatever comes until the client closes; RSET and QUIT are answered. */
    public void untilClosed() throws IOException {
        try {
            while (true) {
                String line = readLine();
                if (line.matches("RSET|QUIT")) {
                    send(line.equals("QUIT") ? "221 bye" : "250 fine");
                }
            }
        } catch (EOFException closed) {
            return;
        }
    }

    private String readMail() throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = readLine(); !line.equals("."); line = readLine()) {
            mail.append(line.startsWith("..") ? line.substring(1) : line).append('\n');
        }
        return mail.toString();
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the client closed connection " + number);
            }
            bytes.write(next);
        }
        String line = bytes.toString(ISO_8859_1);
        String bare = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        server.record(bare);
        return bare;
    }
}
