package io.mailroutes.camel;

import org.jspecify.annotations.Nullable;

/** Text from an exception or a server, fit for one line of a log: it may quote a stranger's mail. */
final class Cleaned {
    private static final int LONGEST = 500;

    private Cleaned() {}

    static String text(@Nullable String text) {
        if (text == null) {
            return "(no message)";
        }
        String shortened = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder clean = new StringBuilder(shortened.length());
        shortened.codePoints().forEach(c -> clean.appendCodePoint(isHarmless(c) ? c : ' '));
        return clean.toString().strip();
    }

    private static boolean isHarmless(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE;
    }
}
