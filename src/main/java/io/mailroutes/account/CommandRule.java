package io.mailroutes.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts the value of {@code command} into words: they are separated by blanks; what stands in single or double quotes
 * belongs together; within double quotes a backslash before {@code "} or {@code \} stands for that character.
 * Everything else is itself: there is no shell, so no variables, patterns, pipes or redirections.
 */
final class CommandRule {
    private static final String KEY = "command";
    private static final Set<String> OF_A_SHELL = Set.of("|", "||", "&&", "&", ";", ">", ">>", "<", "2>", "2>&1");

    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean inWord;
    private char quote;

    private CommandRule(String text) {
        this.text = text;
    }

    /** Empty when it is missing or cannot be understood, which has been reported without showing it. */
    static Optional<TokenCommand> read(AccountValues values) {
        Optional<String> text = values.own(KEY);
        if (text.isEmpty()) {
            values.missing(KEY, "grant=command runs it and reads the token from its output");
            return Optional.empty();
        }
        CommandRule rule = new CommandRule(text.get());
        Optional<String> objection = rule.cut();
        objection.ifPresent(words -> values.problem(KEY, words));
        return objection.isPresent() ? Optional.empty() : Optional.of(new TokenCommand(rule.words));
    }

    private Optional<String> cut() {
        for (int i = 0; i < text.length(); i++) {
            i += take(text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ');
        }
        endWord();
        if (quote != 0) {
            return Optional.of("has a quotation mark without its partner");
        }
        if (words.get(0).isEmpty()) {
            return Optional.of("begins with an empty word: the first one is the program");
        }
        return words.stream().anyMatch(OF_A_SHELL::contains)
                ? Optional.of(
                        "uses what only a shell knows (| & ; < >), and it is run without one: put it into a script")
                : Optional.empty();
    }

    /** How many characters were taken beside this one. */
    private int take(char c, char next) {
        if (quote == 0 && c == ' ') {
            endWord();
        } else if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
            inWord = true;
        } else if (c == quote) {
            quote = 0;
        } else if (quote == '"' && c == '\\' && (next == '"' || next == '\\')) {
            word.append(next);
            return 1;
        } else {
            word.append(c);
            inWord = true;
        }
        return 0;
    }

    private void endWord() {
        if (inWord) {
            words.add(word.toString());
            word.setLength(0);
            inWord = false;
        }
    }
}
