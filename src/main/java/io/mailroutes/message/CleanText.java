package io.mailroutes.message;

/** Text from a stranger, made fit for one line of a log, a header or a terminal. */
final class CleanText {
    /** The longest line of a mail without its end (RFC 5322 section 2.1.1). */
    static final int LONGEST = 998;

    private static final int REPLACEMENT = 0xFFFD;

    private CleanText() {}

    /**
     * Line breaks and tabs become a space; other control characters and those that turn the direction of writing,
     * which make {@code txt.exe} look like {@code exe.txt}, go; at most {@value #LONGEST} characters remain.
     */
    static String line(String text) {
        return cap(unboundedLine(text));
    }

    static String unboundedLine(String text) {
        if (isPlain(text)) {
            return text.replace('\t', ' ').strip();
        }
        StringBuilder clean = new StringBuilder(text.length());
        int previous = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isSpace(c)) {
                if (c != '\n' || previous != '\r') {
                    clean.append(' ');
                }
            } else if (!isHarmful(c)) {
                clean.appendCodePoint(isSurrogate(c) ? REPLACEMENT : c);
            }
            previous = c;
        }
        return clean.toString().strip();
    }

    /** Printable ASCII and the tabs of folded lines, as nearly all of it is. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' || c > '~') && c != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Cuts without tearing a surrogate pair. */
    static String cap(String text) {
        return cut(text, LONGEST);
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean tears = Character.isHighSurrogate(text.charAt(longest - 1));
        return text.substring(0, tears ? longest - 1 : longest);
    }

    /** Unpaired surrogates, which no UTF-8 can hold, replaced; everything else as it is. */
    static String wellFormed(String text) {
        if (!hasSurrogates(text)) {
            return text;
        }
        return text.codePoints()
                .map(c -> isSurrogate(c) ? REPLACEMENT : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /**
     * Control characters that no text has (C0 but tab, line breaks and form feed, and delete) replaced, for they break
     * what is behind a sink: databases refuse NUL, terminals obey escape, and JSON takes six characters for each.
     */
    static String withoutControls(String text) {
        int first = 0;
        while (first < text.length() && !isControl(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        char[] chars = text.toCharArray();
        for (int i = first; i < chars.length; i++) {
            chars[i] = isControl(chars[i]) ? (char) REPLACEMENT : chars[i];
        }
        return new String(chars);
    }

    private static boolean isControl(char c) {
        return c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7F;
    }

    private static boolean hasSurrogates(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    private static boolean isSpace(int c) {
        return c >= '\t' && c <= '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static boolean isHarmful(int c) {
        boolean control = c < 0x20 || c >= 0x7F && c < 0xA0;
        boolean bidirectional =
                c == 0x200E || c == 0x200F || c == 0x61C || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        return control || bidirectional;
    }
}
