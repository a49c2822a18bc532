package io.mailroutes.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which grant an account uses, and which of its keys that leaves without effect. */
final class GrantRule {
    /** Grants that begin with mailroutes login. */
    private static final Set<GrantType> BY_LOGIN = Set.of(GrantType.AUTHORIZATION_CODE, GrantType.DEVICE_CODE);

    /** A key that only one grant reads, and so tells it. */
    private static final Map<String, GrantType> TELLING = Map.of(
            "password", GrantType.PASSWORD,
            "refresh-token", GrantType.REFRESH_TOKEN,
            "service-account-file", GrantType.SERVICE_ACCOUNT,
            "command", GrantType.COMMAND);

    private final AccountValues values;

    GrantRule(AccountValues values) {
        this.values = values;
    }

    /** Empty when there is no usable grant, which has been reported. */
    Optional<GrantType> read() {
        Optional<GrantType> grant = values.isGiven("grant") ? named() : derived();
        Optional<GrantType> usable = grant.filter(this::isUsable);
        usable.ifPresent(this::refuseIdleKeys);
        return usable;
    }

    private Optional<GrantType> named() {
        return values.own("grant").flatMap(word -> Choice.GRANT.read(values, "grant", word));
    }

    private Optional<GrantType> derived() {
        List<String> given =
                TELLING.keySet().stream().filter(values::isGiven).sorted().toList();
        if (given.size() > 1) {
            values.missing(
                    "grant",
                    "There is a %s and a %s: say which of the two to use".formatted(given.get(0), given.get(1)));
            return Optional.empty();
        }
        if (given.isEmpty()) {
            values.missing("grant", "Say how this account logs in: " + offers());
            return Optional.empty();
        }
        return Optional.ofNullable(TELLING.get(given.get(0)));
    }

    private String offers() {
        List<String> offers = Stream.of(
                        GrantType.AUTHORIZATION_CODE,
                        GrantType.DEVICE_CODE,
                        GrantType.CLIENT_CREDENTIALS,
                        GrantType.REFRESH_TOKEN,
                        GrantType.SERVICE_ACCOUNT,
                        GrantType.COMMAND,
                        GrantType.PASSWORD)
                .filter(grant -> !values.provider().refusedGrants().containsKey(grant))
                .map(GrantRule::offer)
                .toList();
        return String.join(", ", offers);
    }

    private static String offer(GrantType grant) {
        return switch (grant) {
            case CLIENT_CREDENTIALS -> "client-credentials (with client-id and client-secret)";
            case REFRESH_TOKEN -> "refresh-token (with client-id and refresh-token)";
            case SERVICE_ACCOUNT -> "service-account (with service-account-file)";
            case COMMAND -> "command (with command)";
            case PASSWORD -> "password (with password)";
            case AUTHORIZATION_CODE -> "authorization-code (with client-id; a person consents in a browser)";
            case DEVICE_CODE -> "device-code (with client-id; a person consents on another device)";
        };
    }

    private boolean isUsable(GrantType grant) {
        Provider provider = values.provider();
        String reason = provider.refusedGrants().get(grant);
        if (reason != null) {
            values.problem(
                    "grant",
                    "%s does not work with %s: %s%s"
                            .formatted(grant.key(), provider.name(), reason, provider.source()));
        }
        return reason == null;
    }

    /** A key that does nothing is a key that somebody believes in. */
    private void refuseIdleKeys(GrantType grant) {
        values.own().keySet().stream()
                .filter(key -> !values.origin().containsKey(key) && isIdle(key, grant))
                .sorted()
                .forEach(key -> values.problem(key, "has no effect with grant=" + grant.key() + ": delete the line"));
    }

    private static boolean isIdle(String key, GrantType grant) {
        boolean asks = grant != GrantType.PASSWORD && grant != GrantType.COMMAND;
        GrantType only = TELLING.get(key);
        if (only != null) {
            return only != grant;
        }
        return switch (key) {
            case "login-user" -> grant != GrantType.REFRESH_TOKEN && !BY_LOGIN.contains(grant);
            case "redirect-uri", "redirect-port" -> !BY_LOGIN.contains(grant);
            case "subject" -> grant != GrantType.SERVICE_ACCOUNT;
            case "client-secret",
                    "client-secret-expires",
                    "client-authentication",
                    "assertion-file",
                    "certificate-file" -> !asks || grant == GrantType.SERVICE_ACCOUNT;
            default -> !asks && AccountKeys.isOAuth(key);
        };
    }
}
