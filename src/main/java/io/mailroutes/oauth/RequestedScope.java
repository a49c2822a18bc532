package io.mailroutes.oauth;

import io.mailroutes.account.OAuthClient;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The scopes asked for, and whether what was granted covers them (RFC 6749 section 3.3). */
record RequestedScope(List<String> values) {
    /**
     * Scopes that ask for something else than access, and that servers leave out of or rename in their answer: Microsoft
     * drops {@code offline_access}, Google answers {@code email} with a URL.
     */
    private static final Set<String> NOT_ECHOED =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access", "offline");

    RequestedScope {
        values = List.copyOf(values);
    }

    /** What a person is asked for: the account's scopes, and those that tell who it is. */
    static String ofConsent(OAuthClient client) {
        return Stream.concat(client.scope().stream(), client.consent().identityScope().stream())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    String parameter() {
        return String.join(" ", values);
    }

    /** The first scope asked for that was not granted; Microsoft's {@code .default} stands for others and is no loss. */
    Optional<String> missingFrom(String granted) {
        Set<String> given = Arrays.stream(granted.split("[ ,]+"))
                .map(scope -> scope.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return values.stream()
                .filter(scope -> !NOT_ECHOED.contains(scope.toLowerCase(Locale.ROOT)))
                .filter(scope -> !scope.endsWith("/.default"))
                .filter(scope -> !given.contains(scope.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
