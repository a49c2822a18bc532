package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAnswersTest {
    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server = new FakeAuthorizationServer(clock);

    @AfterEach
    void close() {
        server.close();
    }

    private TokenResponse ask(Grant grant, String... scope) {
        return new TokenEndpoint(
                        "support",
                        Accounts.at(server.tokenEndpoint()).scope(scope).oauth(),
                        new OAuthHttp(Optional.empty(), HttpLimits.DEFAULT),
                        clock)
                .exchange(grant);
    }

    private AccessToken answered(String body, String... scope) {
        server.nextToken(FakeAnswer.json(200, body));
        return ask(new Grant.ClientCredentials(), scope).accessToken();
    }

    private PermanentOAuthException refused(String... scope) {
        return catchThrowableOfType(PermanentOAuthException.class, () -> ask(new Grant.ClientCredentials(), scope));
    }

    private TransientOAuthException later(String... scope) {
        return catchThrowableOfType(TransientOAuthException.class, () -> ask(new Grant.ClientCredentials(), scope));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                  | no token_type
            {"token_type":"Bearer"}                                             | no access_token
            {"token_type":"Bearer","access_token":""}                           | no access_token
            {"token_type":"Bearer","access_token":7}                            | no access_token
            {"token_type":"mac","access_token":"CANARY"}                        | token_type is mac
            {"access_token":"CANARY"}                                           | no token_type
            {"token_type":"Bearer","access_token":"CANARY\\u0001auth=x"}         | characters that no token may have
            {"token_type":"Bearer","access_token":"CANARY CANARY"}              | characters that no token may have
            {"token_type":"Bearer","access_token":"a","refresh_token":"b\\n"}    | characters that no token may have
            {"token_type":"Bearer","access_token":"CANARY"} trailing            | not one well-formed JSON object
            {"token_type":"Bearer","access_token":"CANARY","access_token":"b"}  | not one well-formed JSON object
            ["CANARY"]                                                          | not one well-formed JSON object
            null                                                                | not one well-formed JSON object
            {"access_token":"CANARY                                             | not one well-formed JSON object
            """)
    void anAnswerThatIsNotATokenIsRefusedWithTheReasonAndWithoutItsContent(String body, String reason) {
        server.nextToken(FakeAnswer.json(200, body));

        PermanentOAuthException failure = refused("mail");

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure).hasMessageContaining(reason).hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("CANARY");
    }

    @Test
    void anEmptyAnswerIsRefused() {
        server.nextToken(FakeAnswer.json(200, ""));

        assertThat(refused("mail")).hasMessageContaining("not one well-formed JSON object");
    }

    @Test
    void nestingWithoutEndIsRefused() {
        server.nextToken(FakeAnswer.json(200, "{\"a\":" + "[".repeat(60_000)));

        assertThat(refused("mail")).hasMessageContaining("not one well-formed JSON object");
    }

    @Test
    void aWebPageInsteadOfATokenIsCalledThatAndPasses() {
        server.nextToken(FakeAnswer.html(200));

        assertThat(later("mail")).hasMessageContaining("a web page (HTML) came instead of JSON");
    }

    @Test
    void aWebPageWithAnErrorStatusIsCalledThatToo() {
        server.nextToken(FakeAnswer.html(403));

        assertThat(refused("mail")).hasMessageContaining("HTTP 403, a web page (HTML)");
    }

    @Test
    void anotherTypeThanJsonIsRefused() {
        server.nextToken(FakeAnswer.of(200, "text/plain", "access_token=CANARY", Map.of()));

        assertThat(later("mail")).hasMessageContaining("Content-Type is text/plain");
    }

    @Test
    void anErrorInAnAnswerWithStatus200IsAnError() {
        server.nextToken(FakeAnswer.json(200, "{\"error\":\"invalid_client\"}"));

        assertThat(refused("mail").kind()).isEqualTo(Kind.CONFIGURATION);
    }

    @Test
    void aNarrowerScopeIsPermanentAndNamed() {
        server.nextToken(
                FakeAnswer.json(200, "{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"scope\":\"openid imap\"}"));

        PermanentOAuthException failure = refused("imap", "smtp");

        assertThat(failure.kind()).isEqualTo(Kind.ADMINISTRATOR);
        assertThat(failure).hasMessageContaining("without the scope smtp");
    }

    @Test
    void aNarrowerScopeAfterAConsentIsForTheOwnerToMend() {
        server.nextToken(
                FakeAnswer.json(200, "{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"scope\":\"email\"}"));

        PermanentOAuthException failure = catchThrowableOfType(
                PermanentOAuthException.class,
                () -> ask(new Grant.RefreshToken(Secret.of("r")), "https://mail.google.com/"));

        assertThat(failure.kind()).isEqualTo(Kind.RECONSENT);
        assertThat(failure).hasMessageContaining("https://mail.google.com/");
    }

    @Test
    void scopesThatServersDoNotEchoAreNotMissed() {
        String scope = "https://outlook.office.com/imap.accessasuser.all";
        String body = "{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"scope\":\"" + scope + "\"}";

        assertThat(answered(body, "https://outlook.office.com/IMAP.AccessAsUser.All", "offline_access", "openid")
                        .scope())
                .contains(scope);
        assertThat(answered(body, "https://outlook.office365.com/.default").scope())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER", "Bearer"})
    void theTokenTypeIsReadInAnyCase(String type) {
        assertThat(answered("{\"token_type\":\"" + type + "\",\"access_token\":\"a\"}"))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            300           | PT5M
            "300"         | PT5M
            299.9         | PT4M59S
            0             | PT1H
            -1            | PT1H
            "soon"        | PT1H
            null          | PT1H
            31536000      | PT8760H
            1e300         | PT87600H
            """)
    void aLifeThatIsMissingOrAbsurdIsAssumed(String expiresIn, Duration life) {
        AccessToken token =
                answered("{\"token_type\":\"Bearer\",\"access_token\":\"a\",\"expires_in\":" + expiresIn + "}");

        assertThat(Duration.between(token.issuedAt(), token.expiresAt())).isEqualTo(life);
    }

    @Test
    void theTokenIsNotInAnyText() {
        server.nextToken(FakeAnswer.json(
                200, "{\"token_type\":\"Bearer\",\"access_token\":\"CANARY-a\",\"refresh_token\":\"CANARY-r\"}"));
        Grant grant = new Grant.RefreshToken(Secret.of("CANARY-g"));

        assertThat(ask(grant).toString() + grant).doesNotContain("CANARY");
    }
}
