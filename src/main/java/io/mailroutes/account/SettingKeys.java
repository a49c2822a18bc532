package io.mailroutes.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of {@code mailroutes.*} that are about no account, as data. */
final class SettingKeys {
    static final String ROOT = "mailroutes.";
    static final String SECRETS = ROOT + "secrets.";

    /** The keys of this version. */
    static final List<String> KNOWN = Stream.concat(
                    Stream.of("mailroutes.data-directory", "mailroutes.store.url", "mailroutes.store.key-file"),
                    QueueReader.KEYS.stream())
            .toList();

    /** Parts that are not built yet: what to do instead. */
    private static final Map<String, String> LATER = Map.of(
            "mailroutes.console.", "delete the line, there is no console yet",
            "mailroutes.alerts.", "delete the line, and watch the log and the exit code");

    /** The words after {@code mailroutes.}: a slip in one of them is a slip in the whole key. */
    private static final List<String> PARTS = List.of("accounts", "secrets", "store", "console", "queue", "alerts");

    private SettingKeys() {}

    static Optional<String> later(String key) {
        return LATER.entrySet().stream()
                .filter(entry -> key.startsWith(entry.getKey()))
                .findFirst()
                .map(Map.Entry::getValue);
    }

    /** The key that was probably meant. */
    static Optional<String> meant(String key) {
        String rest = key.substring(ROOT.length());
        return Suggestion.of(
                        rest,
                        KNOWN.stream()
                                .map(known -> known.substring(ROOT.length()))
                                .toList())
                .map(near -> ROOT + near)
                .or(() -> withRightPart(key));
    }

    private static Optional<String> withRightPart(String key) {
        String[] words = key.split("\\.", 3);
        return words.length < 3
                ? Optional.empty()
                : Suggestion.of(words[1], PARTS)
                        .filter(part -> !part.equals(words[1]))
                        .map(part -> words[0] + "." + part + "." + words[2]);
    }
}
