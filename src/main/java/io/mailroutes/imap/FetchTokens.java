package io.mailroutes.imap;

import java.util.Optional;
import org.eclipse.angus.mail.iap.ProtocolException;

/** The names and values of a FETCH answer. Values nest as deep as they like: nothing here recurses. */
final class FetchTokens {
    private final String text;
    private int at;

    FetchTokens(String text) {
        this.text = text;
    }

    void open() throws ProtocolException {
        skipSpaces();
        if (peek() != '(') {
            throw broken();
        }
        at++;
    }

    /** Whether another name follows before the closing parenthesis. */
    boolean more() throws ProtocolException {
        skipSpaces();
        return peek() != ')';
    }

    /** {@code FLAGS}, {@code BODY[HEADER.FIELDS (SUBJECT)]<0>}. */
    String name() throws ProtocolException {
        int start = at;
        while (peek() != ' ' && peek() != '(') {
            at = peek() == '[' ? end("]") : at + 1;
        }
        if (at == start) {
            throw broken();
        }
        return text.substring(start, at);
    }

    /** The value as it was sent: a list, a quoted string, a literal with its braces, or an atom. */
    String value() throws ProtocolException {
        skipSpaces();
        int start = at;
        int depth = 0;
        do {
            switch (peek()) {
                case '(' -> {
                    depth++;
                    at++;
                }
                case ')' -> {
                    depth--;
                    at++;
                }
                case ' ' -> at++;
                default -> skipOne();
            }
        } while (depth > 0);
        if (depth < 0 || " )".indexOf(peek()) < 0) {
            throw broken();
        }
        return text.substring(start, at);
    }

    private void skipOne() throws ProtocolException {
        switch (peek()) {
            case '"' -> skipQuoted();
            case '{' -> skipLiteral();
            default -> skipAtom();
        }
    }

    private void skipAtom() {
        at++;
        while (at < text.length() && " ()\"{".indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }

    private void skipQuoted() throws ProtocolException {
        at++;
        while (peek() != '"') {
            at += peek() == '\\' ? 2 : 1;
        }
        at++;
    }

    private void skipLiteral() throws ProtocolException {
        int close = end("}");
        String digits = text.substring(at + 1, close - 1);
        if (digits.isEmpty()) {
            at = close;
            return;
        }
        if (digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw broken();
        }
        at = close + 2 + Integer.parseInt(digits);
    }

    private int end(String closing) throws ProtocolException {
        int found = text.indexOf(closing, at);
        if (found < 0) {
            throw broken();
        }
        return found + 1;
    }

    private char peek() throws ProtocolException {
        if (at >= text.length()) {
            throw broken();
        }
        return text.charAt(at);
    }

    private void skipSpaces() throws ProtocolException {
        while (peek() == ' ') {
            at++;
        }
    }

    /** Whether the value stands for a literal that went to the spool. */
    static boolean isSpooled(String value) {
        return value.equals("{}");
    }

    /** The content of a quoted string; anything else as it is. */
    static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("(?s)\\\\(.)", "$1") : value;
    }

    /** The content of a quoted string or of a literal that was not spooled; empty for NIL. */
    static Optional<String> text(String value) {
        if (value.startsWith("{")) {
            return Optional.of(value.substring(value.indexOf('}') + 3));
        }
        return value.equalsIgnoreCase("NIL") ? Optional.empty() : Optional.of(unquoted(value));
    }

    private static MalformedFetchException broken() {
        return new MalformedFetchException("a FETCH answer cannot be read");
    }
}
