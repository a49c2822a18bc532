package io.mailroutes.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a properties file without Camel, where that gives what Camel would: other programs ask for a token often, and
 * Camel's classes are much of the time of an answer. It knows {@code {{env:NAME}}} and {@code {{file:PATH}}}. At
 * everything else, and at every failure, it gives up without a word: then Camel reads the file, and has the words.
 */
public final class PlainProperties {
    private static final String OURS = "mailroutes.";
    private static final String OAUTH_PROFILES = "camel.oauth.";
    private static final String OPEN = "{{";
    private static final long LARGEST_VALUE_FILE = 64 * 1024;

    /** Names that Camel takes to the letter; it translates others. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?:env:([A-Z0-9_]+)|file:([^{}]+))}}");

    private PlainProperties() {}

    /**
     * @param overrides properties that win over the file, without placeholders
     * @return what a configuration is read from; empty when Camel has to read the file
     */
    public static Optional<ConfigurationSource> read(Path file, Map<String, String> overrides) {
        // A byte outside ASCII ends it: which characters such bytes are is for Camel to say.
        try (Reader reader = Files.newBufferedReader(file, US_ASCII)) {
            Properties raw = new Properties();
            raw.load(reader);
            raw.putAll(overrides);
            Map<String, String> resolved = new TreeMap<>();
            for (String key : raw.stringPropertyNames()) {
                if (key.startsWith(OURS) || key.startsWith(OAUTH_PROFILES)) {
                    resolved.put(key, resolve(raw.getProperty(key)));
                }
            }
            return Optional.of(ConfigurationSource.of(resolved, Path.of(""))
                    .withStoreKey(fromEnvironment(Settings.STORE_KEY_VARIABLE))
                    .withStoreKeyOld(fromEnvironment(Settings.STORE_KEY_OLD_VARIABLE)));
        } catch (IOException | IllegalArgumentException unreadableOrNotPlain) {
            return Optional.empty();
        }
    }

    private static String resolve(String text) throws IOException {
        if (!text.equals(text.strip())) {
            throw new IllegalArgumentException("blanks that Camel may take away");
        }
        Matcher placeholders = PLACEHOLDER.matcher(text);
        StringBuilder resolved = new StringBuilder();
        int at = 0;
        while (placeholders.find()) {
            resolved.append(plain(text.substring(at, placeholders.start())));
            resolved.append(value(placeholders.toMatchResult()));
            at = placeholders.end();
        }
        return resolved.append(plain(text.substring(at))).toString();
    }

    private static String plain(String text) {
        if (text.contains(OPEN)) {
            throw new IllegalArgumentException("a placeholder for Camel");
        }
        return text;
    }

    private static String value(MatchResult placeholder) throws IOException {
        if (placeholder.group(1) != null) {
            return Optional.ofNullable(System.getenv(placeholder.group(1)))
                    .orElseThrow(() -> new IllegalArgumentException("no such variable"));
        }
        Path file = Path.of(placeholder.group(2));
        if (Files.size(file) > LARGEST_VALUE_FILE) {
            throw new IllegalArgumentException("too large for a value");
        }
        return Files.readString(file).strip();
    }

    private static Optional<Secret> fromEnvironment(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .filter(key -> !key.isBlank())
                .map(Secret::of);
    }
}
