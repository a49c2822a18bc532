package io.mailroutes.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of a header field (RFC 5322 section 3.4), in one pass and never failing: what is broken is read as well as
 * it can be. Names of groups are dropped, their members kept.
 */
final class AddressParser {
    private static final Pattern OBSOLETE = Pattern.compile("\\([^()]*\\)|\\s");

    private final String value;
    private final Notes notes;
    private final List<Address> found = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable String angle;
    private @Nullable String comment;
    private boolean quotes = true;
    private boolean comments = true;
    private int at;

    private AddressParser(String value, Notes notes) {
        this.value = value;
        this.notes = notes;
    }

    static List<Address> parse(List<String> values, Notes notes) {
        List<Address> all = new ArrayList<>();
        values.forEach(value -> all.addAll(new AddressParser(value, notes).parse()));
        return all;
    }

    private List<Address> parse() {
        while (at < value.length()) {
            char c = value.charAt(at++);
            switch (c) {
                case '"' -> quoted();
                case '(' -> comment();
                case '<' -> angle();
                case ',', ';' -> flush();
                case ':' -> colon();
                case '=' -> encodedWord();
                default -> text.append(c);
            }
        }
        flush();
        return found;
    }

    private void quoted() {
        String content = quotes ? enclosed('"') : null;
        if (content == null) {
            quotes = false; // it never closes: from here on a quote is a character
        } else if (angle == null) {
            text.append(content);
        }
    }

    private void comment() {
        String content = comments ? nested() : null;
        if (content == null) {
            comments = false;
            text.append('(');
        } else if (comment == null) {
            comment = content;
        }
    }

    private void angle() {
        int start = at;
        boolean inQuotes = false;
        while (at < value.length() && (inQuotes || value.charAt(at) != '>')) {
            inQuotes ^= quotes && value.charAt(at) == '"';
            at++;
        }
        if (inQuotes) {
            quotes = false;
            int close = value.indexOf('>', start);
            at = close < 0 ? value.length() : close;
        }
        String inside = value.substring(start, at);
        at++;
        angle = angle == null || angle.isBlank() ? inside : angle;
    }

    /** As one piece: senders forget to encode commas and colons inside it. */
    private void encodedWord() {
        int end = Math.max(EncodedWords.endOfWordAt(value, at - 1), at);
        text.append(value, at - 1, end);
        at = end;
    }

    /** After a phrase a colon opens a group; inside an address literal it is part of it. */
    private void colon() {
        if (angle == null && text.indexOf("@") < 0 && text.indexOf("[") < 0) {
            text.setLength(0);
            comment = null;
        } else {
            text.append(':');
        }
    }

    /** Up to the closing mark, without the backslashes; null, and nothing read, when there is none. */
    private @Nullable String enclosed(char close) {
        StringBuilder content = new StringBuilder();
        for (int i = at; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == close) {
                at = i + 1;
                return content.toString();
            }
            if (c == '\\' && i + 1 < value.length()) {
                c = value.charAt(++i);
            }
            content.append(c);
        }
        return null;
    }

    /** A comment with those inside it; null, and nothing read, when it has no end. */
    private @Nullable String nested() {
        int depth = 1;
        for (int i = at; i < value.length(); i++) {
            char c = value.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            i += c == '\\' ? 1 : 0;
            if (depth == 0) {
                String content = value.substring(at, i);
                at = i + 1;
                return content;
            }
        }
        return null;
    }

    private void flush() {
        String phrase = text.toString().strip();
        String route = angle;
        if (route != null) {
            add(phrase.isEmpty() ? comment : phrase, withoutRoute(route));
        } else if (!phrase.isEmpty()) {
            addBare(phrase);
        }
        text.setLength(0);
        angle = null;
        comment = null;
    }

    /** Without angle brackets the word with the {@code @} is the address. */
    private void addBare(String phrase) {
        int mark = phrase.lastIndexOf('@');
        int start = mark < 0 ? 0 : phrase.lastIndexOf(' ', mark) + 1;
        int space = mark < 0 ? -1 : phrase.indexOf(' ', mark);
        int end = space < 0 ? phrase.length() : space;
        String rest = (phrase.substring(0, start) + phrase.substring(end)).strip();
        add(rest.isEmpty() ? comment : rest, phrase.substring(start, end));
    }

    private void add(@Nullable String name, String address) {
        String cleanAddress = CleanText.line(EncodedWords.decode(address, "an address", notes));
        Optional<String> cleanName = Optional.ofNullable(name)
                .map(n -> CleanText.line(EncodedWords.decode(n, "an address", notes)))
                .filter(n -> !n.isEmpty());
        if (!cleanAddress.isEmpty() || cleanName.isPresent()) {
            found.add(new Address(cleanName, cleanAddress));
        }
    }

    /** Source routes, and comments and spaces inside an address, are obsolete (RFC 5322 section 4.4). */
    private static String withoutRoute(String angle) {
        boolean plain = angle.indexOf('@') >= 0 && angle.indexOf('"') < 0;
        String address = plain ? OBSOLETE.matcher(angle).replaceAll("") : angle.strip();
        int colon = address.startsWith("@") ? address.indexOf(':') : -1;
        return colon < 0 ? address : address.substring(colon + 1).strip();
    }
}
