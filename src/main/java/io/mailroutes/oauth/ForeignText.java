package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Makes text that a server wrote fit for a message and a log: one short line, no tricks, none of our secrets. */
final class ForeignText {
    private static final int LONGEST = 300;
    /** Controls (line breaks forge log lines), format characters such as bidi overrides, separators, lone surrogates. */
    private static final Pattern UNPRINTABLE_OR_BLANK = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");
    /** What is so long and has no dot is no word, host name or path, but a part of a token, an assertion or a key. */
    private static final Pattern TOKEN_LIKE = Pattern.compile("[A-Za-z0-9+/=_~-]{64,}");

    private ForeignText() {}

    static String clean(String text, List<Secret> secrets) {
        String safe = text;
        for (Secret secret : longestFirst(secrets)) {
            safe = EchoedSecret.of(secret).hiddenIn(safe);
        }
        String hidden = TOKEN_LIKE.matcher(safe).replaceAll("***");
        String line = UNPRINTABLE_OR_BLANK.matcher(hidden).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }

    /** One may be a part of another. */
    private static List<Secret> longestFirst(List<Secret> secrets) {
        return secrets.stream()
                .sorted(Comparator.comparingInt(
                                (Secret secret) -> secret.reveal().length())
                        .reversed())
                .toList();
    }
}
