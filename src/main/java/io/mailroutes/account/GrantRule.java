package io.mailroutes.account;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which grant an account uses, and which of its keys that leaves without effect. */
final class GrantRule {
    private static final Set<GrantType> BUILT = Set.of(
            GrantType.AUTHORIZATION_CODE,
            GrantType.DEVICE_CODE,
            GrantType.CLIENT_CREDENTIALS,
            GrantType.REFRESH_TOKEN,
            GrantType.PASSWORD);

    /** Grants that begin with mailroutes login. */
    private static final Set<GrantType> BY_LOGIN = Set.of(GrantType.AUTHORIZATION_CODE, GrantType.DEVICE_CODE);

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
        boolean password = values.isGiven("password");
        boolean refreshToken = values.isGiven("refresh-token");
        if (password && refreshToken) {
            values.missing("grant", "There is a password and a refresh-token: say which of the two to use");
            return Optional.empty();
        }
        if (!password && !refreshToken) {
            values.missing("grant", "Say how this account logs in: " + offers());
            return Optional.empty();
        }
        return Optional.of(password ? GrantType.PASSWORD : GrantType.REFRESH_TOKEN);
    }

    private String offers() {
        List<String> offers = Stream.of(
                        GrantType.AUTHORIZATION_CODE,
                        GrantType.DEVICE_CODE,
                        GrantType.CLIENT_CREDENTIALS,
                        GrantType.REFRESH_TOKEN,
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
            case PASSWORD -> "password (with password)";
            case AUTHORIZATION_CODE -> "authorization-code (with client-id; a person consents in a browser)";
            case DEVICE_CODE -> "device-code (with client-id; a person consents on another device)";
            case SERVICE_ACCOUNT, COMMAND -> grant.key();
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
        } else if (!BUILT.contains(grant)) {
            values.problem("grant", grant.key() + " is not in this version: " + instead(grant));
        }
        return reason == null && BUILT.contains(grant);
    }

    private static String instead(GrantType grant) {
        return switch (grant) {
            case SERVICE_ACCOUNT ->
                "use grant=refresh-token, with a refresh token that another program obtained for this client-id";
            case AUTHORIZATION_CODE, DEVICE_CODE, COMMAND, CLIENT_CREDENTIALS, REFRESH_TOKEN, PASSWORD ->
                "use grant=refresh-token or grant=client-credentials";
        };
    }

    /** A key that does nothing is a key that somebody believes in. */
    private void refuseIdleKeys(GrantType grant) {
        values.own().keySet().stream()
                .filter(key -> !values.origin().containsKey(key) && isIdle(key, grant))
                .sorted()
                .forEach(key -> values.problem(key, "has no effect with grant=" + grant.key() + ": delete the line"));
    }

    private static boolean isIdle(String key, GrantType grant) {
        return switch (key) {
            case "password" -> grant != GrantType.PASSWORD;
            case "refresh-token" -> grant != GrantType.REFRESH_TOKEN;
            case "login-user" -> grant != GrantType.REFRESH_TOKEN && !BY_LOGIN.contains(grant);
            case "redirect-uri", "redirect-port" -> !BY_LOGIN.contains(grant);
            default -> grant == GrantType.PASSWORD && AccountKeys.isOAuth(key);
        };
    }
}
