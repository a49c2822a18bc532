package io.mailroutes.camel.action;

import io.mailroutes.message.SenderTrust;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is demanded of the checks of a sender: of each check that is named, one of the outcomes that are named.
 *
 * @param outcomes by {@code verdict}, {@code dmarc}, {@code dkim} and {@code spf}, in lower case
 */
record TrustTerms(Map<String, Set<String>> outcomes) {
    private static final Set<String> CHECKS = Set.of("verdict", "dmarc", "dkim", "spf");

    TrustTerms {
        outcomes = Map.copyOf(outcomes);
    }

    /**
     * @param text {@code dmarc=pass, spf=pass}; a word alone is of the verdict
     * @throws IllegalArgumentException in words, when it names a check or an outcome that there is not
     */
    static TrustTerms of(String text) {
        Map<String, Set<String>> terms = new LinkedHashMap<>();
        Arrays.stream(text.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(one -> one.contains("=") ? one : "verdict=" + one)
                .forEach(one -> {
                    String check = one.substring(0, one.indexOf('=')).strip();
                    String outcome = one.substring(one.indexOf('=') + 1).strip();
                    require(check, outcome, one);
                    terms.computeIfAbsent(check, key -> new LinkedHashSet<>()).add(outcome);
                });
        return new TrustTerms(terms);
    }

    private static void require(String check, String outcome, String term) {
        boolean known = check.equals("verdict")
                ? Arrays.stream(SenderTrust.Verdict.values()).anyMatch(one -> isNamed(one, outcome))
                : Arrays.stream(SenderTrust.Outcome.values()).anyMatch(one -> isNamed(one, outcome));
        if (!CHECKS.contains(check) || !known) {
            throw new IllegalArgumentException(MailFilterAction.NAME + ": senderTrust=" + term + " is not known: use"
                    + " verdict=pass (or fail, none, unknown), dmarc=pass, dkim=pass or spf=pass (or fail, softfail,"
                    + " neutral, policy, none, temperror, permerror, absent), comma separated");
        }
    }

    private static boolean isNamed(Enum<?> value, String name) {
        return value.name().toLowerCase(Locale.ROOT).equals(name);
    }

    boolean isEmpty() {
        return outcomes.isEmpty();
    }

    boolean hold(SenderTrust trust) {
        return outcomes.entrySet().stream().allMatch(term -> term.getValue()
                .contains(found(term.getKey(), trust).name().toLowerCase(Locale.ROOT)));
    }

    private static Enum<?> found(String check, SenderTrust trust) {
        return switch (check) {
            case "dmarc" -> trust.dmarc();
            case "dkim" -> trust.dkim();
            case "spf" -> trust.spf();
            default -> trust.verdict();
        };
    }
}
