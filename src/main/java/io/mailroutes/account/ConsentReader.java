package io.mailroutes.account;

import io.mailroutes.account.OAuthBehaviour.Redirect;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a person is asked to consent, out of an account's keys. */
final class ConsentReader {
    private static final String URI_KEY = "redirect-uri";
    private static final String PORT_KEY = "redirect-port";
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final int HIGHEST_PORT = 65_535;

    private final AccountValues values;
    private final GrantType grant;

    ConsentReader(AccountValues values, GrantType grant) {
        this.values = values;
        this.grant = grant;
    }

    Consent read(Endpoints endpoints) {
        require(GrantType.AUTHORIZATION_CODE, "authorization-endpoint", endpoints.authorization(), endpoints);
        require(GrantType.DEVICE_CODE, "device-authorization-endpoint", endpoints.deviceAuthorization(), endpoints);
        requireRedirect();
        URI redirectUri = values.get(URI_KEY)
                .flatMap(text -> UriRule.endpoint(values, URI_KEY, text))
                .orElse(Consent.LOOPBACK.redirectUri());
        return new Consent(
                endpoints.name(),
                values.provider().oauth().issuerInResponse() && endpoints.asksTheProvider(),
                redirectUri,
                port(redirectUri),
                words("identity-scope"),
                endpoints.userinfo(),
                line("revocation-reach"));
    }

    private void require(GrantType wanting, String key, Optional<URI> found, Endpoints endpoints) {
        if (grant == wanting && found.isEmpty() && endpoints.issuer().isEmpty() && !values.isGiven("issuer")) {
            values.missing(
                    key, "grant=" + grant.key() + " begins there; an issuer with discovery would also say where it is");
        }
    }

    private void requireRedirect() {
        List<Redirect> forms = values.provider().oauth().redirects();
        boolean elsewhere =
                !forms.isEmpty() && !forms.contains(Redirect.LOOPBACK_IP) && !forms.contains(Redirect.LOOPBACK_NAME);
        if (grant == GrantType.AUTHORIZATION_CODE
                && elsewhere
                && values.get(URI_KEY).isEmpty()) {
            values.missing(
                    URI_KEY,
                    values.provider().name() + " sends nobody to this machine: give the https:// address that is"
                            + " registered for the client, and log in with --paste");
        }
    }

    private int port(URI redirectUri) {
        Optional<String> text = values.own(PORT_KEY);
        if (text.isPresent() && values.own(URI_KEY).isPresent() && redirectUri.getPort() >= 0) {
            values.problem(PORT_KEY, "redirect-uri names a port already: delete one of the two");
        }
        return text.flatMap(this::number).orElse(0);
    }

    private Optional<Integer> number(String text) {
        Optional<Integer> port =
                Optional.of(text).filter(NUMBER.asMatchPredicate()).map(Integer::valueOf);
        if (port.filter(number -> number <= HIGHEST_PORT).isEmpty()) {
            values.problem(PORT_KEY, Problems.quote(text) + " is not a port: 1 to 65535, or 0 for any free one");
        }
        return port;
    }

    private List<String> words(String key) {
        return line(key).map(text -> Arrays.asList(text.split(" "))).orElse(List.of());
    }

    private Optional<String> line(String key) {
        return Optional.ofNullable(values.provider().defaults().get(key));
    }
}
