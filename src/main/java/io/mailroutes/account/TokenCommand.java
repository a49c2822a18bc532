package io.mailroutes.account;

import java.util.List;

/**
 * A program that prints an access token, with its arguments; it is started without a shell.
 *
 * @param words the program first; the others may hold secrets
 */
public record TokenCommand(List<String> words) {
    public TokenCommand {
        words = List.copyOf(words);
    }

    /** The program alone, which is all that may be shown. */
    public String program() {
        return words.get(0);
    }

    @Override
    public String toString() {
        return "TokenCommand[" + program() + " ***]";
    }
}
