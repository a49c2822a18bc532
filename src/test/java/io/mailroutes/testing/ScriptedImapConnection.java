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

/** The server's end of one connection of a {@link ScriptedImapServer}. */
public final class ScriptedImapConnection {
    private final ScriptedImapServer server;
    private final int number;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private String tag = "*";
    private String line = "";

    ScriptedImapConnection(Socket socket, ScriptedImapServer server, int number) throws IOException {
        this.server = server;
        this.number = number;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Which connection this is, from 0. */
    public int number() {
        return number;
    }

    /** {@code * OK [CAPABILITY ...]}. */
    public ScriptedImapConnection greet(String capabilities) throws IOException {
        return send("* OK [CAPABILITY " + capabilities + "] scripted");
    }

    /** Greets with SASL-IR and XOAUTH2, takes any token, and pushes these capabilities with its OK. */
    public ScriptedImapConnection login(String capabilities) throws IOException {
        greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2");
        return expect("AUTHENTICATE XOAUTH2 .+").ok("[CAPABILITY " + capabilities + "] logged in");
    }

    /** Answers SELECT or EXAMINE of this folder, which holds as many mails. */
    public ScriptedImapConnection select(long uidValidity, long uidNext, int exists) throws IOException {
        expect("(SELECT|EXAMINE) .+");
        send("* " + exists + " EXISTS");
        send("* OK [UIDVALIDITY " + uidValidity + "] valid");
        send("* OK [UIDNEXT " + uidNext + "] next");
        return ok(line.startsWith("EXAMINE") ? "[READ-ONLY] done" : "[READ-WRITE] done");
    }

    /** Reads a command and remembers its tag; the regular expression is for what follows the tag. */
    public ScriptedImapConnection expect(String command) throws IOException {
        String whole = readLine();
        int space = whole.indexOf(' ');
        if (space < 0 || !Pattern.matches(command, whole.substring(space + 1))) {
            throw new AssertionError("connection " + number + " expected " + command + " but got " + whole);
        }
        tag = whole.substring(0, space);
        line = whole.substring(space + 1);
        return this;
    }

    /** Reads a line that is no command, such as an answer to a challenge. */
    public ScriptedImapConnection expectLine(String regex) throws IOException {
        line = readLine();
        if (!Pattern.matches(regex, line)) {
            throw new AssertionError("connection " + number + " expected the line " + regex + " but got " + line);
        }
        return this;
    }

    /** Of the last expectation. */
    public String tag() {
        return tag;
    }

    /** What the last expectation read, without its tag. */
    public String line() {
        return line;
    }

    /** Sends a line as it is. */
    public ScriptedImapConnection send(String untagged) throws IOException {
        return sendRaw((untagged + "\r\n").getBytes(ISO_8859_1));
    }

    public ScriptedImapConnection sendRaw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** {@code * 1 FETCH (UID 7 ... BODY[] {n}} and the bytes; the rest closes the list, such as {@code ")"}. */
    public ScriptedImapConnection literal(String before, byte[] bytes, String after) throws IOException {
        sendRaw((before + "{" + bytes.length + "}\r\n").getBytes(ISO_8859_1));
        sendRaw(bytes);
        return send(after);
    }

    public ScriptedImapConnection ok(String text) throws IOException {
        return send(tag + " OK " + text);
    }

    public ScriptedImapConnection no(String text) throws IOException {
        return send(tag + " NO " + text);
    }

    public ScriptedImapConnection bad(String text) throws IOException {
        return send(tag + " BAD " + text);
    }

    /** Negotiates TLS now; the OK to STARTTLS must have been sent. */
    public ScriptedImapConnection startTls() throws IOException {
        socket = server.secure(socket);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        return this;
    }

    /** Reads (and records) whatever comes until the client closes; NOOP, CLOSE and LOGOUT are answered. */
    public void untilClosed() throws IOException {
        try {
            while (true) {
                String whole = readLine();
                if (whole.endsWith(" LOGOUT")) {
                    send("* BYE bye");
                }
                if (whole.matches("\\S+ (NOOP|CLOSE|LOGOUT)")) {
                    send(whole.substring(0, whole.indexOf(' ')) + " OK done");
                }
            }
        } catch (EOFException closed) {
            return;
        }
    }

    /** Closes the connection at once. */
    public void drop() throws IOException {
        socket.close();
    }

    private String readLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) != '\n') {
            if (b < 0) {
                throw new EOFException("the client closed connection " + number);
            }
            bytes.write(b);
        }
        String read = ScriptedImapServer.latin(bytes.toByteArray(), bytes.size() - 1);
        server.record(read);
        return read;
    }
}
