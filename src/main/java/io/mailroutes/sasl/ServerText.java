package io.mailroutes.sasl;

import java.util.regex.Pattern;

/** Makes a server's words fit for a message: short, on one line, without anything that looks like a token. */
public final class ServerText {
    private static final int MAXIMUM = 200;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029]+");
    /** Access tokens and their base64 are longer than any word, name or scope a server has reason to send. */
    private static final Pattern TOKEN_LIKE = Pattern.compile("[A-Za-z0-9+/=_.~-]{64,}");

    private ServerText() {}

    /** At most 200 characters, controls replaced by a space, long runs of token characters by {@code ***}. */
    public static String clean(String text) {
        String visible = CONTROLS.matcher(text).replaceAll(" ");
        String safe = TOKEN_LIKE.matcher(visible).replaceAll("***").strip();
        return safe.length() > MAXIMUM ? safe.substring(0, MAXIMUM) + "..." : safe;
    }

    /** The same, and every occurrence of the secret goes too. */
    public static String clean(String text, String secret) {
        return clean(secret.isEmpty() ? text : text.replace(secret, "***"));
    }
}
