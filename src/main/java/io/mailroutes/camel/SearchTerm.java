package io.mailroutes.camel;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Criteria that a user wrote for the server to search by (RFC 9051 section 6.4.4). What they mean is the server's
 * business; here they are only kept from being more than criteria, and from being part of a command that has no end.
 *
 * @param text one line of printable ASCII
 */
record SearchTerm(String text) {
    /** With the UIDs before it a command stays below the 8,000 bytes that servers take (RFC 7162 section 4). */
    private static final int LONGEST = 1_000;

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]*");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\[\"\\\\])*+\"");

    /** Which mails are meant by number, or how to answer: that is ours to say. */
    private static final Pattern OURS = Pattern.compile(
            "(?:^|[ (])(UID|CHARSET|RETURN|\\$|[0-9*]+(?:[:,][0-9*]+)+|\\*)(?=[ )]|$)", Pattern.CASE_INSENSITIVE);

    private static final Pattern NUMBER_FIRST = Pattern.compile("(?:^|\\()[0-9]+(?=[ )]|$)");

    /** Empty when there are none; what is wrong is added to the problems. */
    static Optional<SearchTerm> parse(String option, List<String> problems) {
        String text = option.strip();
        Optional<String> problem = text.isEmpty() ? Optional.empty() : problem(text);
        problem.ifPresent(why -> problems.add("searchTerm=" + Cleaned.text(text) + " " + why));
        return text.isEmpty() || problem.isPresent() ? Optional.empty() : Optional.of(new SearchTerm(text));
    }

    private static Optional<String> problem(String text) {
        if (!PRINTABLE.matcher(text).matches()) {
            return Optional.of("must be one line of printable ASCII: select by other text in the route");
        }
        if (text.length() > LONGEST) {
            return Optional.of("has " + text.length() + " characters, more than " + LONGEST);
        }
        String keys = QUOTED.matcher(text).replaceAll("Q");
        if (keys.contains("\"")) {
            return Optional.of("has a quotation mark without its second (inside a text write \\\" and \\\\)");
        }
        if (keys.contains("{")) {
            return Optional.of("has a brace, which would announce a literal: write the text in quotation marks");
        }
        if (!isBalanced(keys)) {
            return Optional.of("has a parenthesis without its second");
        }
        Matcher ours = OURS.matcher(keys);
        if (ours.find()) {
            return Optional.of("has " + ours.group(1).toUpperCase(Locale.ROOT)
                    + ", and numbers of mails, character set and form of the answer are not for it to say: if it is a"
                    + " text, write it in quotation marks");
        }
        return NUMBER_FIRST.matcher(keys).find()
                ? Optional.of("begins with the number of a mail, which means another mail at every poll")
                : Optional.empty();
    }

    private static boolean isBalanced(String keys) {
        int depth = 0;
        for (char c : keys.toCharArray()) {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0;
    }
}
