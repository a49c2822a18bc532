package io.mailroutes.account;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The configuration cannot be used. The message lists every problem on a numbered line of its own. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    /** @param problems at least one */
    public ConfigurationException(List<Problem> problems) {
        super(describe(problems));
        this.problems = List.copyOf(problems);
    }

    /** All that was found, in the order of the file where there is one. */
    public List<Problem> problems() {
        return problems;
    }

    private static String describe(List<Problem> problems) {
        String title = problems.size() == 1
                ? "The configuration has a problem:"
                : "The configuration has " + problems.size() + " problems:";
        return IntStream.range(0, problems.size())
                .mapToObj(index -> line(index + 1, problems.get(index)))
                .collect(Collectors.joining("\n", title + "\n", ""));
    }

    private static String line(int number, Problem problem) {
        return "%4d. %s: %s".formatted(number, problem.key(), problem.text().replace("\n", "\n      "));
    }
}
