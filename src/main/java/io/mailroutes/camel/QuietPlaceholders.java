package io.mailroutes.camel;

import java.util.Optional;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Resolves the placeholders in a value as Camel does, without Camel's own parser: that one logs every value it finds at
 * DEBUG, secrets too. What it cannot do itself ({@code {{?optional}}}, {@code {{!negated}}}, a missing key) it leaves to
 * Camel, which then has no secret to log.
 */
final class QuietPlaceholders {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final int DEEPEST = 20;

    private final CamelContext context;
    private final Properties properties;

    QuietPlaceholders(CamelContext context) {
        this.context = context;
        this.properties = context.getPropertiesComponent().loadProperties();
    }

    /** @throws RuntimeException Camel's, or that of the function, when there is no value */
    String resolve(String text) {
        return resolve(text, 0);
    }

    private String resolve(String text, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("placeholders refer to each other in a circle");
        }
        StringBuilder resolved = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, at)) {
            int close = closing(text, open);
            if (close < 0) {
                throw new IllegalArgumentException("a placeholder is opened with {{ and not closed with }}");
            }
            String key = resolve(text.substring(open + OPEN.length(), close), depth + 1);
            resolved.append(text, at, open).append(value(key, depth));
            at = close + CLOSE.length();
        }
        return resolved.append(text, at, text.length()).toString();
    }

    private static int closing(String text, int open) {
        int nested = 0;
        for (int at = open; at < text.length() - 1; at++) {
            if (text.startsWith(OPEN, at)) {
                nested++;
                at++;
            } else if (text.startsWith(CLOSE, at)) {
                nested--;
                if (nested == 0) {
                    return at;
                }
                at++;
            }
        }
        return -1;
    }

    private String value(String key, int depth) {
        int colon = key.indexOf(':');
        String name = colon < 0 ? key : key.substring(0, colon);
        String rest = colon < 0 ? "" : key.substring(colon + 1);
        if (colon >= 0) {
            PropertiesFunction function = context.getPropertiesComponent().getPropertiesFunction(name);
            if (function != null && !function.lookupFirst(rest)) {
                return applied(function, rest);
            }
        }
        // As in Camel: system properties and environment variables win over files, and only then the default counts.
        Optional<String> found = outside("sys", name).or(() -> outside("env", name));
        if (found.isPresent()) {
            return found.get();
        }
        String raw = properties.getProperty(name);
        if (raw != null) {
            return resolve(raw, depth + 1);
        }
        return colon >= 0 ? rest : context.resolvePropertyPlaceholders(OPEN + key + CLOSE);
    }

    private static String applied(PropertiesFunction function, String argument) {
        String value = function.apply(argument);
        if (value == null) {
            throw new IllegalArgumentException("the placeholder {{" + function.getName() + ":" + argument
                    + "}} has no value" + (function.getName().equals("env") ? ": is the variable set?" : ""));
        }
        return value;
    }

    private Optional<String> outside(String function, String name) {
        PropertiesFunction known = context.getPropertiesComponent().getPropertiesFunction(function);
        return known == null
                ? Optional.empty()
                : Optional.ofNullable(known.apply(name)).filter(value -> !value.isEmpty());
    }
}
