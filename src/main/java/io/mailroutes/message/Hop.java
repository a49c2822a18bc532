package io.mailroutes.message;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Received field says (RFC 5321 section 4.4).
 *
 * @param by the host that wrote it
 * @param isLocal whether the mail came from the same machine, as from a content filter: every address in brackets is a
 *     loopback address, and among them is the one that the sender has no say in
 */
record Hop(Optional<String> by, boolean isLocal) {
    private static final Pattern ADDRESS = Pattern.compile("\\[([^\\]\\[]{1,60})]");
    private static final Pattern LOOPBACK = Pattern.compile("127\\.[0-9.]{1,11}|(ipv6:)?::1");
    private static final Pattern SPACE = Pattern.compile("[\\s;]+");

    static Hop of(String field) {
        String bounded = CleanText.cut(field, CleanText.LONGEST);
        return new Hop(by(bounded), isLocal(bounded));
    }

    private static Optional<String> by(String field) {
        String[] words = SPACE.split(withoutComments(field).strip());
        for (int i = 0; i + 1 < words.length; i++) {
            if (words[i].equalsIgnoreCase("from")) {
                i++; // a name that the sender chose, even "by"
            } else if (words[i].equalsIgnoreCase("by")) {
                return Optional.of(words[i + 1]);
            }
        }
        return Optional.empty();
    }

    private static boolean isLocal(String field) {
        Matcher addresses = ADDRESS.matcher(field.toLowerCase(Locale.ROOT));
        boolean any = false;
        boolean all = true;
        while (addresses.find()) {
            any = true;
            all &= LOOPBACK.matcher(addresses.group(1)).matches();
        }
        return any && all;
    }

    /** A comment that never ends is none. */
    private static String withoutComments(String field) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        int opened = 0;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '(') {
                opened = depth++ == 0 ? i : opened;
            } else if (c == ')' && depth > 0) {
                depth--;
                plain.append(' ');
            } else if (depth == 0) {
                plain.append(c);
            }
        }
        return depth == 0 ? plain.toString() : plain + field.substring(opened).replace('(', ' ');
    }
}
