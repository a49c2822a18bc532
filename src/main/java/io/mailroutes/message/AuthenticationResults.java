package io.mailroutes.message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One Authentication-Results field (RFC 8601 section 2.2), read in one pass. A field in which a comment or a quoted
 * string has no end has no results: nobody can tell which of its words the sender has put there.
 *
 * @param server the authserv-id; empty when the field begins with a result, as Exchange Online writes it
 */
record AuthenticationResults(Optional<String> server, List<Result> results) {
    private static final int LONGEST = 64 * 1024;
    private static final int MOST = 100;

    /** @param properties by {@code ptype.property}, lower case; the first of a name wins */
    record Result(String method, String word, Map<String, String> properties) {
        Optional<String> property(String name) {
            return Optional.ofNullable(properties.get(name));
        }
    }

    AuthenticationResults {
        results = List.copyOf(results);
    }

    static AuthenticationResults parse(String value) {
        return new Reader(CleanText.cut(value, LONGEST)).read();
    }

    private static final class Reader {
        private static final String SPACE = " \t\r\n";

        private final String text;
        private final List<Result> results = new ArrayList<>();
        private int at;
        private boolean broken;

        Reader(String text) {
            this.text = text;
        }

        AuthenticationResults read() {
            Optional<String> server = server();
            while (more() && results.size() < MOST) {
                result();
                skipTo(';');
                at++;
            }
            return new AuthenticationResults(server, broken ? List.of() : results);
        }

        /** The first word, unless an equals sign shows that it is a method already. */
        private Optional<String> server() {
            skip();
            String word = value(";(=/");
            int end = at;
            skip();
            boolean method = peek() == '=' || peek() == '/';
            at = method ? 0 : end;
            if (!method) {
                skipTo(';'); // past the version
                at++;
            }
            return method || word.isEmpty() ? Optional.empty() : Optional.of(word.toLowerCase(Locale.ROOT));
        }

        private void result() {
            skip();
            String name = name();
            skip();
            if (peek() == '/') {
                at++;
                skip();
                name();
                skip();
            }
            if (name.isEmpty() || peek() != '=') {
                return; // none, or a domain that Exchange puts between its results
            }
            at++;
            skip();
            if (name.indexOf('.') >= 0) {
                property(name, value(";("));
            } else {
                results.add(new Result(name, value(";("), new HashMap<>()));
            }
            properties();
        }

        /** Exchange separates them by semicolons at times: they belong to the result before them. */
        private void property(String name, String value) {
            if (!results.isEmpty()) {
                results.get(results.size() - 1).properties().putIfAbsent(name, value);
            }
        }

        private void properties() {
            skip();
            while (more() && peek() != ';') {
                int before = at;
                String name = name();
                skip();
                if (peek() == '=') {
                    at++;
                    skip();
                    property(name, value(";("));
                }
                skip();
                at += at == before ? 1 : 0;
            }
        }

        private boolean more() {
            return at < text.length();
        }

        private char peek() {
            return more() ? text.charAt(at) : 0;
        }

        private String name() {
            int start = at;
            while (more() && SPACE.indexOf(peek()) < 0 && ";()=/\"".indexOf(peek()) < 0) {
                at++;
            }
            return text.substring(start, at).toLowerCase(Locale.ROOT);
        }

        /** A word, of which any piece may be quoted. */
        private String value(String ends) {
            StringBuilder value = new StringBuilder();
            while (more() && SPACE.indexOf(peek()) < 0 && ends.indexOf(peek()) < 0) {
                if (peek() == '"') {
                    quoted(value);
                } else {
                    value.append(peek());
                    at++;
                }
            }
            return value.toString();
        }

        private void quoted(StringBuilder value) {
            at++;
            while (more() && peek() != '"') {
                at += peek() == '\\' ? 1 : 0;
                if (more()) {
                    value.append(peek());
                    at++;
                }
            }
            broken |= !more();
            at++;
        }

        /** White space and comments. */
        private void skip() {
            while (more() && (SPACE.indexOf(peek()) >= 0 || peek() == '(')) {
                if (peek() == '(') {
                    comment();
                } else {
                    at++;
                }
            }
        }

        private void comment() {
            int depth = 0;
            do {
                char c = peek();
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                at += c == '\\' ? 2 : 1;
            } while (depth > 0 && more());
            broken |= depth > 0;
        }

        private void skipTo(char end) {
            while (more() && peek() != end) {
                if (peek() == '(') {
                    comment();
                } else if (peek() == '"') {
                    quoted(new StringBuilder());
                } else {
                    at++;
                }
            }
        }
    }
}
