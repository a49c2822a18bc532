package io.mailroutes.sasl;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a refused login means.
 *
 * @param words the reason for people: what the server said and the status and scope it named
 * @param retryAfter for {@link Kind#BUSY}, what the server asked for; zero when it named no time
 */
public record SaslVerdict(Kind kind, String words, Duration retryAfter) {
    /** What to do next. */
    public enum Kind {
        /** The token may be stale: ask for a new one and try once more. */
        RETRY_WITH_NEW_TOKEN,
        /** No token helps: a person has to act. */
        REFUSED,
        /** Nothing is wrong with the token: wait. */
        BUSY
    }

    /** RFC 5530 codes and Gmail's words for an account that has to be set right by a person. */
    private static final List<String> FOR_A_PERSON = List.of(
            "[authorizationfailed]",
            "[contactadmin]",
            "[privacyrequired]",
            "web login required",
            "log in via your web browser");

    /**
     * @param challenge what the server's error challenge said, or {@link SaslChallenge#NONE}
     * @param text the text of the tagged NO or BAD, response code included
     */
    public static SaslVerdict of(SaslChallenge challenge, String text) {
        Optional<Throttling> throttling = Throttling.in(text);
        if (throttling.isPresent()) {
            return new SaslVerdict(
                    Kind.BUSY,
                    "the server is busy: " + ServerText.clean(text),
                    throttling.get().retryAfter());
        }
        String lower = text.toLowerCase(Locale.ROOT);
        Kind kind = FOR_A_PERSON.stream().anyMatch(lower::contains) ? Kind.REFUSED : Kind.RETRY_WITH_NEW_TOKEN;
        return new SaslVerdict(kind, words(challenge, text), Duration.ZERO);
    }

    private static String words(SaslChallenge challenge, String text) {
        StringBuilder words = new StringBuilder("the server said \"" + ServerText.clean(text) + "\"");
        challenge.status().ifPresent(status -> words.append(", status ").append(status));
        challenge.scope().ifPresent(scope -> words.append(", it wants the scope ")
                .append(scope));
        return words.toString();
    }
}
