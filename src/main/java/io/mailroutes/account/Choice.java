package io.mailroutes.account;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The words one key can have.
 *
 * @param values what the words stand for, those of later parts included
 * @param offered the words of this version, which are named when another is not understood
 */
record Choice<E>(E[] values, Function<E, String> word, List<String> offered) {
    static final Choice<Security> SECURITY =
            new Choice<>(Security.values(), Security::key, List.of("tls", "starttls", "none"));
    static final Choice<Mechanism> MECHANISM =
            new Choice<>(Mechanism.values(), Mechanism::key, List.of("auto", "xoauth2", "oauthbearer", "plain"));
    static final Choice<GrantType> GRANT = new Choice<>(
            GrantType.values(),
            GrantType::key,
            List.of(
                    "authorization-code",
                    "device-code",
                    "client-credentials",
                    "refresh-token",
                    "service-account",
                    "command",
                    "password"));
    static final Choice<ClientAuthentication> CLIENT_AUTHENTICATION = new Choice<>(
            ClientAuthentication.values(),
            ClientAuthentication::key,
            List.of("auto", "basic", "post", "none", "private-key-jwt"));

    static final Choice<SignatureAlgorithm> ALGORITHM =
            new Choice<>(SignatureAlgorithm.values(), SignatureAlgorithm::key, List.of("RS256", "PS256"));

    static final Choice<AssertionAudience> AUDIENCE =
            new Choice<>(AssertionAudience.values(), AssertionAudience::key, List.of("token-endpoint", "issuer"));

    /** What the word stands for; reports a word that is not one of them. */
    Optional<E> read(AccountValues values, String key, String text) {
        Optional<E> found = Arrays.stream(this.values)
                .filter(value -> word.apply(value).equals(text))
                .findFirst();
        if (found.isEmpty()) {
            List<String> words = Arrays.stream(this.values).map(word).toList();
            values.problem(
                    key,
                    Problems.quote(text) + " is not one of " + String.join(", ", offered)
                            + Suggestion.sentence(Suggestion.of(text, words)));
        }
        return found;
    }
}
