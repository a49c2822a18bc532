package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The not-authenticated state of an IMAP connection (RFC 3501 section 3.1) that has one way out: AUTHENTICATE XOAUTH2
 * with a live token. A refused token is answered by a challenge that says why, as the large providers do.
 */
final class XoauthGate {
    private static final String CAPABILITY = "IMAP4rev1 SASL-IR AUTH=XOAUTH2 LOGINDISABLED";
    private static final Pattern RESPONSE = Pattern.compile("user=([^\1]*)\1auth=Bearer ([^\1]*)\1\1");
    private static final String REFUSAL = "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"mail\"}";
    private static final int MAXIMUM_LINE = 16 * 1024;

    private final InputStream in;
    private final OutputStream out;
    private final Function<String, Optional<String>> userOf;

    /** @param userOf the user of a live token, in the spelling of the mailbox */
    XoauthGate(InputStream in, OutputStream out, Function<String, Optional<String>> userOf) {
        this.in = in;
        this.out = out;
        this.userOf = userOf;
    }

    /** Speaks until somebody is in; empty when the client has gone. */
    Optional<String> admit() throws IOException {
        say("* OK [CAPABILITY " + CAPABILITY + "] Mailroutes sandbox");
        for (Optional<String> line = line(); line.isPresent(); line = line()) {
            String[] words = line.get().split(" ", 3);
            String command = words.length < 2 ? "" : words[1].toUpperCase(Locale.ROOT);
            Optional<String> user = command.equals("AUTHENTICATE")
                    ? authenticate(words[0], words.length < 3 ? "" : words[2])
                    : Optional.empty();
            if (user.isPresent()) {
                return user;
            }
            if (!command.equals("AUTHENTICATE") && !continues(words[0], command)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** @return false when the conversation is over */
    private boolean continues(String tag, String command) throws IOException {
        switch (command) {
            case "CAPABILITY" -> {
                say("* CAPABILITY " + CAPABILITY);
                say(tag + " OK CAPABILITY completed");
            }
            case "NOOP" -> say(tag + " OK NOOP completed");
            case "LOGOUT" -> {
                say("* BYE until next time");
                say(tag + " OK LOGOUT completed");
                return false;
            }
            case "LOGIN" -> say(tag + " NO [PRIVACYREQUIRED] passwords are not accepted, only tokens");
            default -> say(tag + " BAD not before AUTHENTICATE XOAUTH2");
        }
        return true;
    }

    private Optional<String> authenticate(String tag, String arguments) throws IOException {
        String[] words = arguments.split(" ", 2);
        if (!words[0].equalsIgnoreCase("XOAUTH2")) {
            say(tag + " NO this server knows XOAUTH2 only");
            return Optional.empty();
        }
        Optional<String> response = words.length > 1 ? Optional.of(words[1]) : asked();
        if (response.isEmpty() || response.get().equals("*")) {
            say(tag + " BAD AUTHENTICATE cancelled");
            return Optional.empty();
        }
        Optional<String> user = verify(response.get());
        if (user.isPresent()) {
            say(tag + " OK AUTHENTICATE completed");
        } else {
            refuse(tag);
        }
        return user;
    }

    /** The client sent no initial response (RFC 4959). */
    private Optional<String> asked() throws IOException {
        say("+ ");
        return line();
    }

    private Optional<String> verify(String base64) {
        Matcher response = RESPONSE.matcher(decode(base64));
        if (!response.matches()) {
            return Optional.empty();
        }
        return userOf.apply(response.group(2)).filter(user -> user.equalsIgnoreCase(response.group(1)));
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64.strip()), UTF_8);
        } catch (IllegalArgumentException notBase64) {
            // nothing that matches, so it is refused like any other wrong response
            return "";
        }
    }

    private void refuse(String tag) throws IOException {
        say("+ " + Base64.getEncoder().encodeToString(REFUSAL.getBytes(UTF_8)));
        if (line().isPresent()) {
            say(tag + " NO [AUTHENTICATIONFAILED] the token is not live or belongs to somebody else");
        }
    }

    private void say(String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    /** Empty at the end of the stream and for a line that no honest client sends. */
    private Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > MAXIMUM_LINE) {
                return Optional.empty();
            }
            line.write(next);
        }
        String text = line.toString(UTF_8);
        return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
}
