package io.mailroutes.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider's mail server wants of a scope.
 *
 * @param required the scope without which a token is refused
 * @param because why, as the end of a sentence
 * @param wrong why a scope is a mistake, by {@code GRANT.WORD} or {@code any.WORD}; WORD may end in {@code *}
 */
public record ScopeRule(Optional<String> required, String because, Map<String, String> wrong) {
    public ScopeRule {
        wrong = Map.copyOf(wrong);
    }

    /** What is wrong with these scopes, a sentence each; empty when nothing is. */
    List<String> objections(GrantType grant, List<String> scope) {
        List<String> mistakes =
                scope.stream().flatMap(word -> mistake(grant, word).stream()).toList();
        return mistakes.isEmpty() ? missing(scope).stream().toList() : mistakes;
    }

    private Optional<String> mistake(GrantType grant, String word) {
        return wrong.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(entry -> matches(entry.getKey(), grant, word))
                .findFirst()
                .map(entry -> Problems.quote(word) + " is not right: " + entry.getValue());
    }

    private Optional<String> missing(List<String> scope) {
        return required.filter(word -> !scope.contains(word)).map(word -> "must contain " + word + ": " + because);
    }

    private static boolean matches(String pattern, GrantType grant, String word) {
        int dot = pattern.indexOf('.');
        String when = pattern.substring(0, dot);
        String wanted = pattern.substring(dot + 1);
        boolean sameWord =
                wanted.endsWith("*") ? word.startsWith(wanted.substring(0, wanted.length() - 1)) : word.equals(wanted);
        return sameWord && (when.equals("any") || when.equals(grant.key()));
    }
}
