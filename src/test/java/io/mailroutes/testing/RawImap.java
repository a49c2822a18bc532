package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IMAP client that is nothing but a socket: the checker of tests, which must not share code with what it checks. A
 * wrong answer is an {@link AssertionError}.
 */
public final class RawImap implements AutoCloseable {
    private static final DateTimeFormatter INTERNAL_DATE =
            DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.US);

    private static final Pattern LITERAL = Pattern.compile(".*\\{(\\d+)}", Pattern.DOTALL);
    private static final int READ_LIMIT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String greeting;
    private int lastTag;

    /** A response line, its literals cut out: each stands in the text as {@code {n}}. */
    public record Response(String text, List<byte[]> literals) {}

    public RawImap(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Over a socket that is connected already, such as a TLS one. */
    public RawImap(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_LIMIT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        greeting = line();
    }

    public String greeting() {
        return greeting;
    }

    /** {@code AUTHENTICATE} with an initial response (RFC 4959); the answer may be a challenge, {@code + ...}. */
    public String authenticate(String mechanism, String initialResponse) throws IOException {
        send(nextTag() + " AUTHENTICATE " + mechanism + " "
                + Base64.getEncoder().encodeToString(initialResponse.getBytes(UTF_8)));
        return line();
    }

    /** {@code AUTHENTICATE PLAIN}, which has to succeed. */
    public RawImap login(String user, String password) throws IOException {
        String answer = authenticate("PLAIN", "\0" + user + "\0" + password);
        if (!answer.startsWith("t" + lastTag + " OK")) {
            throw new AssertionError("PLAIN login of " + user + " refused: " + answer);
        }
        return this;
    }

    /** Sends a command and reads to its end, which has to be OK; returns the untagged responses. */
    public List<Response> command(String command) throws IOException {
        String tag = nextTag();
        send(tag + " " + command);
        List<Response> responses = new ArrayList<>();
        for (Response next = response(); ; next = response()) {
            if (next.text().startsWith(tag + " ")) {
                requireOk(command, tag, next.text());
                return responses;
            }
            responses.add(next);
        }
    }

    /** Appends a mail that was received at another time. */
    public void append(String folder, Instant received, byte[] mail) throws IOException {
        sendAppendArguments(
                "\"" + folder + "\" \"" + INTERNAL_DATE.format(received.atOffset(ZoneOffset.UTC)) + "\"", mail);
        appended();
    }

    /** {@code APPEND} with a non-synchronizing literal (RFC 7888); the answer is read by {@link #appended}. */
    void sendAppend(String folder, String flags, byte[] mail) throws IOException {
        sendAppendArguments("\"" + folder + "\" (" + flags + ")", mail);
    }

    private void sendAppendArguments(String arguments, byte[] mail) throws IOException {
        out.write((nextTag() + " APPEND " + arguments + " {" + mail.length + "+}\r\n").getBytes(UTF_8));
        out.write(mail);
        out.write("\r\n".getBytes(UTF_8));
        out.flush();
    }

    /** {@code APPEND} of a mail that need not fit in memory. */
    public void append(String folder, long size, InputStream mail) throws IOException {
        out.write((nextTag() + " APPEND \"" + folder + "\" {" + size + "+}\r\n").getBytes(UTF_8));
        mail.transferTo(out);
        out.write("\r\n".getBytes(UTF_8));
        out.flush();
        appended();
    }

    /** Reads the answer to the {@link #sendAppend} that is the oldest unanswered one. */
    void appended() throws IOException {
        String answer = line();
        while (answer.startsWith("* ")) {
            answer = line();
        }
        requireOk("APPEND", answer.substring(0, answer.indexOf(' ')), answer);
    }

    /** Sends one line as it is. */
    public void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(UTF_8));
        out.flush();
    }

    /** Reads one line without its end. */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("server closed the connection after: " + line.toString(ISO_8859_1));
            }
            line.write(next);
        }
        String text = line.toString(ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private Response response() throws IOException {
        List<byte[]> literals = new ArrayList<>();
        StringBuilder text = new StringBuilder(line());
        for (Matcher end = LITERAL.matcher(text); end.matches(); end = LITERAL.matcher(text)) {
            literals.add(in.readNBytes(Integer.parseInt(end.group(1))));
            text.append(line());
        }
        return new Response(text.toString(), literals);
    }

    private String nextTag() {
        lastTag++;
        return "t" + lastTag;
    }

    private static void requireOk(String command, String tag, String answer) {
        if (!answer.startsWith(tag + " OK")) {
            throw new AssertionError(command + " failed: " + answer);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
