package io.mailroutes.message;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One unfolded line of a calendar (RFC 5545 section 3.1): {@code NAME;PARAMETER="a:b":value}.
 *
 * @param name upper case
 * @param parameters by upper-case name; the first of a name wins
 * @param value with its backslashes
 */
record ContentLine(String name, Map<String, String> parameters, String value) {
    private static final Pattern CARET = Pattern.compile("\\^([n'^])");

    ContentLine {
        parameters = Map.copyOf(parameters);
    }

    /** Empty when the line has no value. */
    static Optional<ContentLine> parse(String line) {
        int end = endOf(line, 0);
        String name = line.substring(0, end).strip().toUpperCase(Locale.ROOT);
        Map<String, String> parameters = new HashMap<>();
        while (end < line.length() && line.charAt(end) == ';') {
            int start = end + 1;
            end = endOf(line, start);
            add(line.substring(start, end), parameters);
        }
        return end < line.length()
                ? Optional.of(new ContentLine(name, parameters, line.substring(end + 1)))
                : Optional.empty();
    }

    /** Where a name or a parameter ends: at a semicolon or colon that is not in quotes. */
    private static int endOf(String line, int from) {
        boolean quoted = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted ^= c == '"';
            if (!quoted && (c == ';' || c == ':')) {
                return i;
            }
        }
        return line.length();
    }

    private static void add(String parameter, Map<String, String> parameters) {
        int equals = parameter.indexOf('=');
        if (equals > 0) {
            parameters.putIfAbsent(
                    parameter.substring(0, equals).strip().toUpperCase(Locale.ROOT),
                    caretDecoded(parameter.substring(equals + 1).replace("\"", "")));
        }
    }

    /** RFC 6868; a caret before anything else stands for itself. */
    private static String caretDecoded(String value) {
        return CARET.matcher(value).replaceAll(found -> switch (found.group(1)) {
            case "n" -> "\n";
            case "'" -> "\"";
            default -> "^";
        });
    }

    Optional<String> parameter(String parameter) {
        return Optional.ofNullable(parameters.get(parameter));
    }

    /** The value as one line of text, without its backslashes (RFC 5545 section 3.3.11). */
    Optional<String> text() {
        String bounded = CleanText.cut(value, 2 * CleanText.LONGEST);
        StringBuilder text = new StringBuilder(bounded.length());
        for (int i = 0; i < bounded.length(); i++) {
            char c = bounded.charAt(i);
            if (c == '\\' && i + 1 < bounded.length()) {
                c = bounded.charAt(++i);
                c = c == 'n' || c == 'N' ? '\n' : c;
            }
            text.append(c);
        }
        return Optional.of(CleanText.line(text.toString())).filter(line -> !line.isEmpty());
    }
}
