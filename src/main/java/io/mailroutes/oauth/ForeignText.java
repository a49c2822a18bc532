package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.Secret;
import java.net.URLEncoder;
import java.util.List;
import java.util.regex.Pattern;

/** Makes text that a server wrote fit for a message and a log: one short line, no tricks, none of our secrets. */
final class ForeignText {
    private static final int LONGEST = 300;
    /** Controls (line breaks forge log lines), format characters such as bidi overrides, separators, lone surrogates. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]+");

    private ForeignText() {}

    static String clean(String text, List<Secret> secrets) {
        String safe = text;
        for (Secret secret : secrets) {
            safe = without(safe, secret.reveal());
        }
        String line = UNPRINTABLE.matcher(safe).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
    }

    private static String without(String text, String secret) {
        if (secret.isEmpty()) {
            return text;
        }
        String forms = Pattern.quote(secret) + "|" + Pattern.quote(URLEncoder.encode(secret, UTF_8));
        return Pattern.compile(forms, Pattern.CASE_INSENSITIVE).matcher(text).replaceAll("***");
    }
}
