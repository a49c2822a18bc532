package io.mailroutes.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The code blocks of {@code docs/tokens.md}, by the heading they stand under. */
final class Recipes {
    private static final Path FILE = Path.of("docs/tokens.md");
    private static final Pattern BLOCK = Pattern.compile("```[a-z]+\\n(.*?)```", Pattern.DOTALL);

    private Recipes() {}

    /** The first code block under a heading. */
    static String under(String heading) {
        String section = section(heading);
        List<MatchResult> blocks = BLOCK.matcher(section).results().toList();
        if (blocks.isEmpty()) {
            throw new AssertionError(FILE + " has no code under " + heading);
        }
        return blocks.get(0).group(1);
    }

    private static String section(String heading) {
        try {
            String text = Files.readString(FILE);
            int start = text.indexOf("\n## " + heading + "\n");
            if (start < 0) {
                throw new AssertionError(FILE + " has no heading " + heading);
            }
            int end = text.indexOf("\n## ", start + 1);
            return text.substring(start, end < 0 ? text.length() : end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
