package io.mailroutes.account;

import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What token requests need, out of an account's keys. */
final class OAuthClientReader {
    /** RFC 6749 section 3.3: printable ASCII but for blank, quotation mark and backslash. */
    private static final Pattern SCOPE_WORD = Pattern.compile("[!#-\\[\\]-~]+");

    private static final String SECRET_EXPIRES = "client-secret-expires";

    private final AccountValues values;
    private final GrantType grant;
    private final FileRule files;
    private final Clock clock;

    OAuthClientReader(AccountValues values, GrantType grant, FileRule files, Clock clock) {
        this.values = values;
        this.clock = clock;
        this.grant = grant;
        this.files = files;
    }

    /** Empty when there is a problem anywhere. */
    Optional<OAuthClient> read() {
        Optional<String> clientId = clientId();
        Optional<Secret> refreshToken = refreshToken();
        ClientAuthentication authentication = new ClientAuthenticationRule(values, grant).read();
        Endpoints endpoints = Endpoints.read(values, grant);
        OAuthClient client = new OAuthClient(
                endpoints.issuer(),
                endpoints.authorization(),
                endpoints.token(),
                endpoints.deviceAuthorization(),
                endpoints.revocation(),
                clientId.orElse(""),
                values.secret("client-secret"),
                secretExpires(),
                authentication,
                scope(),
                values.own("audience"),
                resource(),
                ParameterRule.authorization(values),
                ParameterRule.token(values),
                refreshToken,
                new AssertionRule(values, files, endpoints.issuer(), clock).read(grant),
                subject(),
                new ConsentReader(values, grant).read(endpoints));
        return Optional.of(client).filter(complete -> values.problems().isEmpty());
    }

    /** A service account without a name to ask in gets no mailbox. */
    private Optional<String> subject() {
        return grant == GrantType.SERVICE_ACCOUNT
                ? values.own("subject").or(() -> values.own("user"))
                : Optional.empty();
    }

    private Optional<String> serviceAccountId() {
        Optional<String> clientId = values.own("client-id");
        if (!values.isGiven(AssertionRule.SERVICE_ACCOUNT) && !values.isGiven(AssertionRule.KEY_FILE)) {
            values.missing(
                    AssertionRule.SERVICE_ACCOUNT,
                    "grant=service-account signs with the key in it: the JSON file that Google Cloud gave (or give"
                            + " private-key-file, with the service account's e-mail as client-id)");
        } else if (!values.isGiven(AssertionRule.SERVICE_ACCOUNT) && clientId.isEmpty()) {
            values.missing("client-id", "With private-key-file it is the service account's e-mail");
        } else if (values.isGiven(AssertionRule.SERVICE_ACCOUNT)) {
            Stream.of("client-id", AssertionRule.KEY_FILE, "key-id")
                    .filter(key -> values.own(key).isPresent())
                    .forEach(key -> values.problem(key, "stands in service-account-file too: delete one of the two"));
        }
        return clientId;
    }

    private Optional<String> clientId() {
        if (grant == GrantType.SERVICE_ACCOUNT) {
            return serviceAccountId();
        }
        Optional<String> clientId = values.own("client-id");
        if (clientId.isEmpty()) {
            values.missing(
                    "client-id", "It is what the authorization server called this application when it was registered");
        }
        return clientId;
    }

    private Optional<LocalDate> secretExpires() {
        Optional<String> text = values.own(SECRET_EXPIRES);
        if (text.isPresent() && !values.isGiven("client-secret")) {
            values.problem(SECRET_EXPIRES, "there is no client-secret that could expire: delete the line");
        }
        try {
            return text.map(LocalDate::parse);
        } catch (DateTimeParseException e) {
            values.problem(SECRET_EXPIRES, Problems.quote(text.orElse("")) + " is not a day: write it as 2027-05-31");
            return Optional.empty();
        }
    }

    private Optional<Secret> refreshToken() {
        if (grant != GrantType.REFRESH_TOKEN) {
            return Optional.empty();
        }
        Optional<Secret> token = values.secret("refresh-token");
        if (token.isEmpty()) {
            values.missing("refresh-token", "grant=refresh-token starts from one: {{env:NAME}} or {{file:PATH}}");
        }
        return token;
    }

    private List<String> scope() {
        List<String> scope = values.own("scope")
                .or(() -> values.provider().scope(grant))
                .map(words -> Arrays.asList(words.split("\\s+")))
                .orElse(List.of());
        scope.stream()
                .filter(word -> !SCOPE_WORD.matcher(word).matches())
                .forEach(word -> values.problem(
                        "scope",
                        Problems.quote(word) + " is not a scope: they are separated by blanks and have no quotes"));
        values.provider().scopeRule().objections(grant, scope).forEach(text -> values.problem("scope", text));
        return scope;
    }

    /** RFC 8707 section 2. */
    private Optional<String> resource() {
        return values.own("resource").filter(text -> {
            boolean valid = isAbsolute(text);
            if (!valid) {
                values.problem("resource", "must be a whole URI without a fragment (RFC 8707)");
            }
            return valid;
        });
    }

    private static boolean isAbsolute(String text) {
        try {
            URI uri = URI.create(text);
            return uri.isAbsolute() && uri.getRawFragment() == null;
        } catch (IllegalArgumentException notAUri) {
            return false;
        }
    }
}
