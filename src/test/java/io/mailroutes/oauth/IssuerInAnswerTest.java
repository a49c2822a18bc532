package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Consent;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.SettableClock;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9207, for a provider that is known to name itself: nobody asks its metadata. */
class IssuerInAnswerTest {
    private static final URI BACK = URI.create("http://127.0.0.1:1/callback");
    private static final String ISSUER = "https://accounts.example.com";

    @Test
    void anAnswerThatNamesTheIssuerIsTaken() {
        AuthorizationRequest request = request(true, Optional.of(URI.create(ISSUER)));

        assertThat(request.accept(answer(request, "code", "c", "iss", ISSUER))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "error"})
    void aPromisedIssuerMustBeThereInErrorsToo(String kind) {
        assertThat(refused(true, kind, "access_denied")).contains("it does not say which server it comes from (iss)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "https://accounts.example.com/",
                "https://Accounts.example.com",
                "http://accounts.example.com",
                " https://accounts.example.com"
            })
    void anIssuerThatIsNotTheSameToTheLetterIsRefused(String other) {
        assertThat(refused(false, "code", "c", "iss", other)).contains("it comes from another server (iss)");
        assertThat(refused(false, "error", "access_denied", "iss", other))
                .contains("it comes from another server (iss)")
                .doesNotContain("chose not to consent");
    }

    @Test
    void anIssuerThatNobodyPromisedMayBeAbsent() {
        AuthorizationRequest request = request(false, Optional.of(URI.create(ISSUER)));

        assertThat(request.accept(answer(request, "code", "c"))).isNotNull();
    }

    @Test
    void aServerWithoutOneNameIsComparedWithNothing() {
        AuthorizationRequest request = request(false, Optional.empty());

        assertThat(request.accept(answer(request, "code", "c", "iss", "https://login.example.com/tenant")))
                .isNotNull();
    }

    @Test
    void aBareCodeIsNotEnoughWhereTheAddressNamesTheIssuer() {
        AuthorizationRequest request = request(true, Optional.of(URI.create(ISSUER)));

        assertThat(catchThrowableOfType(PermanentOAuthException.class, () -> request.acceptCode("c")))
                .hasMessageContaining("paste the whole address");
    }

    private static String refused(boolean promised, String... answer) {
        AuthorizationRequest request = request(promised, Optional.of(URI.create(ISSUER)));
        return catchThrowableOfType(PermanentOAuthException.class, () -> request.accept(answer(request, answer)))
                .getMessage();
    }

    private static Map<String, String> answer(AuthorizationRequest request, String... pairs) {
        Map<String, String> answer = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            answer.put(pairs[i], pairs[i + 1]);
        }
        answer.put("state", RedirectAnswer.of(request.uri().getRawQuery()).get("state"));
        return answer;
    }

    private static AuthorizationRequest request(boolean promised, Optional<URI> issuer) {
        OAuthClient plain = Accounts.at(URI.create(ISSUER + "/token")).oauth();
        OAuthClient client = new OAuthClient(
                plain.issuer(),
                Optional.of(URI.create(ISSUER + "/authorize")),
                plain.tokenEndpoint(),
                plain.deviceAuthorizationEndpoint(),
                plain.revocationEndpoint(),
                plain.clientId(),
                plain.clientSecret(),
                plain.clientSecretExpires(),
                plain.authentication(),
                plain.scope(),
                plain.audience(),
                plain.resource(),
                plain.authorizationParameters(),
                plain.tokenParameters(),
                plain.refreshToken(),
                plain.assertion(),
                plain.subject(),
                new Consent(issuer, promised, BACK, 0, List.of(), Optional.empty(), Optional.empty()));
        AuthorizationServer server = new AuthorizationServer(
                "support", client, new OAuthHttp(Optional.empty(), HttpLimits.DEFAULT), new SettableClock());
        return AuthorizationRequest.to(server, BACK, "joe@example.com", new SecureRandom());
    }
}
