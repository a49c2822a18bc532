package io.mailroutes.message;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A structured value with parameters, as of Content-Type (RFC 2045 section 5.1), read forgivingly: stray semicolons,
 * missing ones, unquoted spaces and unclosed quotes are common.
 *
 * @param value what stands before the parameters, lower case
 * @param parameters decoded (RFC 2231), by lower-case name; the first of a name wins
 */
record HeaderValue(String value, Map<String, String> parameters) {
    private static final int LONGEST = 64 * 1024;

    HeaderValue {
        parameters = Map.copyOf(parameters);
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    static HeaderValue parse(String text, String where, Notes notes) {
        String bounded = CleanText.cut(text, LONGEST);
        int end = 0;
        while (end < bounded.length() && ";( \t".indexOf(bounded.charAt(end)) < 0) {
            end++;
        }
        Reader reader = new Reader(bounded, end);
        ExtendedParameters extended = new ExtendedParameters();
        Map<String, String> plain = new HashMap<>();
        while (reader.toNextName()) {
            String name = reader.name();
            String value = reader.value();
            if (!extended.add(name, value)) {
                plain.putIfAbsent(name, value);
            }
        }
        plain.putAll(extended.decode(where, notes));
        return new HeaderValue(bounded.substring(0, end).strip().toLowerCase(Locale.ROOT), plain);
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text, int at) {
            this.text = text;
            this.at = at;
        }

        private boolean more() {
            return at < text.length();
        }

        /** Past separators and comments. */
        boolean toNextName() {
            while (more() && ("; \t\r\n,".indexOf(text.charAt(at)) >= 0 || text.charAt(at) == '(')) {
                if (text.charAt(at) == '(') {
                    int close = text.indexOf(')', at);
                    at = close < 0 ? text.length() - 1 : close;
                }
                at++;
            }
            return more();
        }

        String name() {
            int start = at;
            while (more() && "=;".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at).strip().toLowerCase(Locale.ROOT);
        }

        String value() {
            if (!more() || text.charAt(at) != '=') {
                return "";
            }
            at++;
            while (more() && " \t".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return more() && text.charAt(at) == '"' ? quoted() : unquoted();
        }

        private String unquoted() {
            int start = at;
            int end = text.indexOf(';', at);
            at = end < 0 ? text.length() : end;
            return text.substring(start, at).strip();
        }

        /** A backslash before anything but a quote or a backslash is part of a Windows path and is kept. */
        private String quoted() {
            StringBuilder value = new StringBuilder();
            at++;
            while (more() && text.charAt(at) != '"') {
                boolean escape = text.charAt(at) == '\\' && at + 1 < text.length();
                if (escape && "\"\\".indexOf(text.charAt(at + 1)) >= 0) {
                    at++;
                }
                value.append(text.charAt(at));
                at++;
            }
            at++;
            return value.toString();
        }
    }
}
