package io.mailroutes.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the strings of one JSON object (RFC 8259), which is what key files are made of; what is nested in it is checked
 * and left out. By hand, because this package has the JDK alone.
 */
final class FlatJson {
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";
    private static final Pattern WORD = Pattern.compile(
            "(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9.])");
    private static final int DEEPEST = 20;
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /** Empty when it is anything else, or a name stands twice. */
    static Optional<Map<String, String>> read(byte[] content) {
        FlatJson reader = new FlatJson(new String(content, UTF_8));
        try {
            Map<String, String> members = reader.object(0);
            return reader.at == reader.text.length() ? Optional.of(members) : Optional.empty();
        } catch (IllegalArgumentException notThis) {
            return Optional.empty();
        }
    }

    private Map<String, String> object(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        Map<String, String> members = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        take('{');
        boolean more = !is('}');
        while (more) {
            String name = string();
            take(':');
            if (!names.add(name)) {
                throw new IllegalArgumentException("twice");
            }
            value(depth).ifPresent(value -> members.put(name, value));
            more = is(',');
            if (more) {
                take(',');
            }
        }
        take('}');
        return members;
    }

    private Optional<String> value(int depth) {
        if (is('"')) {
            return Optional.of(string());
        }
        if (is('{')) {
            object(depth + 1);
        } else if (is('[')) {
            array(depth + 1);
        } else {
            word();
        }
        return Optional.empty();
    }

    private void array(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("too deep");
        }
        take('[');
        boolean more = !is(']');
        while (more) {
            value(depth);
            more = is(',');
            if (more) {
                take(',');
            }
        }
        take(']');
    }

    private void word() {
        Matcher word = WORD.matcher(text).region(at, text.length());
        if (!word.lookingAt()) {
            throw new IllegalArgumentException("no value");
        }
        at = word.end();
        skipBlanks();
    }

    private String string() {
        if (!is('"')) {
            throw new IllegalArgumentException("no string");
        }
        at++;
        StringBuilder value = new StringBuilder();
        char next = next();
        while (next != '"') {
            value.append(next == '\\' ? escaped(next()) : plain(next));
            next = next();
        }
        skipBlanks();
        return value.toString();
    }

    private static char plain(char character) {
        if (character < ' ') {
            throw new IllegalArgumentException("a control character");
        }
        return character;
    }

    private char escaped(char letter) {
        if (letter == 'u') {
            StringBuilder digits = new StringBuilder();
            for (int i = 0; i < HEX_DIGITS; i++) {
                digits.append(next());
            }
            return (char) Integer.parseUnsignedInt(digits.toString(), HEX);
        }
        int known = ESCAPED.indexOf(letter);
        if (known < 0) {
            throw new IllegalArgumentException("an unknown escape");
        }
        return MEANT.charAt(known);
    }

    private void take(char expected) {
        if (!is(expected)) {
            throw new IllegalArgumentException("something else");
        }
        at++;
        skipBlanks();
    }

    private boolean is(char expected) {
        skipBlanks();
        return at < text.length() && text.charAt(at) == expected;
    }

    private char next() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("the end");
        }
        return text.charAt(at++);
    }

    private void skipBlanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
