package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Accounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole message that whoever logs in reads, for each way in which the answer of the browser is no good. */
class ConsentAnswerWordsTest {
    private static final URI BACK = URI.create("http://127.0.0.1:9999/callback");

    private final Words words = new Words();
    private final Accounts account = Accounts.at(words.server.tokenEndpoint())
            .issuer(words.server.issuer())
            .client("open", Optional.empty());

    @AfterEach
    void close() {
        words.close();
    }

    private AuthorizationServer authorizationServer() {
        return new AuthorizationServer("support", account.oauth(), words.http(), words.clock);
    }

    private AuthorizationRequest request() {
        return AuthorizationRequest.to(authorizationServer(), BACK, "joe@example.com", new SecureRandom());
    }

    /** The right state, and these. */
    private static Map<String, String> answer(AuthorizationRequest request, String... others) {
        Map<String, String> answer = new HashMap<>();
        answer.put("state", request.uri().getRawQuery().replaceFirst(".*&state=([^&]+).*", "$1"));
        for (int at = 0; at < others.length; at += 2) {
            answer.put(others[at], others[at + 1]);
        }
        return answer;
    }

    private String wordsFor(String... answer) {
        AuthorizationRequest request = request();
        return words.of(() -> request.accept(answer(request, answer)));
    }

    private String refusal(String error, String description) {
        return wordsFor("error", error, "error_description", description);
    }

    private String pasted(String line) {
        AuthorizationRequest request = request();
        return words.of(() -> PastedAnswer.read(line, "support", request));
    }

    private static URI browse(URI address) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                    .headers()
                    .firstValue("Location")
                    .map(URI::create)
                    .orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A person consents, to this scope alone if one is given. */
    private Grant consented(Optional<String> scope) {
        scope.ifPresent(only -> words.server.consent().granting(only));
        AuthorizationRequest request = request();
        URI back = browse(request.uri());
        return request.accept(RedirectAnswer.of(back.getRawQuery()));
    }

    @Test
    void aWrongState() {
        assertThat(wordsFor("state", "another", "code", "CANARY")).isEqualTo("""
                        Account support: the answer of the browser is not used, because its state is not the one that \
                        was sent out: it belongs to an older login, or is forged. Nothing was stored. Begin anew: \
                        mailroutes login support""");
    }

    @Test
    void anAnswerWithoutState() {
        assertThat(wordsFor("state", "", "code", "CANARY")).isEqualTo("""
                        Account support: the answer of the browser is not used, because its state is not the one that \
                        was sent out: it belongs to an older login, or is forged. Nothing was stored. Begin anew: \
                        mailroutes login support""");
    }

    @Test
    void aWrongIssuer() {
        assertThat(wordsFor("iss", "https://evil.example", "code", "CANARY")).isEqualTo("""
                        Account support: the answer of the browser is not used, because it comes from another server \
                        (iss) than https://SERVER. Nothing was stored. Begin anew: mailroutes login support""");
    }

    @Test
    void aMissingIssuer() {
        words.server.discovery("authorization_response_iss_parameter_supported", true);
        assertThat(wordsFor("code", "CANARY")).isEqualTo("""
                        Account support: the answer of the browser is not used, because it does not say which server it \
                        comes from (iss), and this one always does. Nothing was stored. Begin anew: mailroutes login \
                        support""");
    }

    @Test
    void anErrorOfAWrongIssuerIsNotBelieved() {
        assertThat(wordsFor("iss", "https://evil.example", "error", "access_denied"))
                .isEqualTo("""
                        Account support: the answer of the browser is not used, because it comes from another server \
                        (iss) than https://SERVER. Nothing was stored. Begin anew: mailroutes login support""");
    }

    @Test
    void anAnswerThatIsGivenTwice() {
        AuthorizationRequest request = request();
        request.accept(answer(request, "code", "CANARY"));
        assertThat(words.of(() -> request.accept(answer(request, "code", "CANARY"))))
                .isEqualTo("""
                        Account support: the answer of the browser is not used, because it was given before. Nothing was \
                        stored. Begin anew: mailroutes login support""");
    }

    @Test
    void anAnswerWithNothingInIt() {
        assertThat(wordsFor()).isEqualTo("""
                        Account support: the answer of the browser is not used, because it has neither a code nor an \
                        error. Nothing was stored. Begin anew: mailroutes login support""");
    }

    @Test
    void aPersonWhoSaysNo() {
        assertThat(refusal("access_denied", "The user denied the request.")).isEqualTo("""
                        Account support: the authorization server gave no consent, access_denied: The user denied the \
                        request. Nothing was stored. Somebody chose not to consent, or a policy of the mail domain \
                        forbids it: then its administrator has to allow this client. Begin anew: mailroutes login \
                        support""");
    }

    @Test
    void anAdministratorWhoSaysNo() {
        assertThat(refusal("admin_policy_enforced", "")).isEqualTo("""
                        Account support: the authorization server gave no consent, admin_policy_enforced. Nothing was \
                        stored. The Google Workspace administrator keeps other applications from Gmail: they have to \
                        trust the client mailroutes.accounts.support.client-id in the Admin console, under Security, API \
                        controls, App access control.""");
    }

    @Test
    void aClientOfAnotherOrganisation() {
        assertThat(refusal("org_internal", "")).isEqualTo("""
                        Account support: the authorization server gave no consent, org_internal. Nothing was stored. The \
                        consent screen of this client is Internal, and the mailbox is not in the organisation that owns \
                        it: set a mailroutes.accounts.support.client-id of the mailbox's own organisation, or let the \
                        owner of the client make its consent screen External.""");
    }

    @Test
    void aRedirectAddressThatIsNotRegistered() {
        assertThat(refusal("invalid_request", "Invalid parameter: redirect_uri"))
                .isEqualTo("""
                        Account support: the authorization server gave no consent, invalid_request: Invalid parameter: \
                        redirect_uri. Nothing was stored. Check mailroutes.accounts.support.client-id, \
                        mailroutes.accounts.support.redirect-uri and what is registered for this client. Begin anew: \
                        mailroutes login support""");
    }

    @Test
    void aScopeThatIsUnknown() {
        assertThat(refusal("invalid_scope", "Some requested scopes were invalid"))
                .isEqualTo("""
                        Account support: the authorization server gave no consent, invalid_scope: Some requested scopes \
                        were invalid. Nothing was stored. The server does not know or allow the scope: check \
                        mailroutes.accounts.support.scope. Google wants https://mail.google.com/ with the slash, \
                        Microsoft https://outlook.office365.com/.default for client credentials.""");
    }

    @Test
    void aClientThatMayNot() {
        assertThat(refusal("unauthorized_client", "")).isEqualTo("""
                        Account support: the authorization server gave no consent, unauthorized_client. Nothing was \
                        stored. This client may not use this grant: allow it where the client is registered.""");
    }

    @Test
    void aServerWithTrouble() {
        assertThat(refusal("temporarily_unavailable", "")).isEqualTo("""
                        Account support: the authorization server gave no consent, temporarily_unavailable. Nothing was \
                        stored. Try again later: mailroutes login support""");
    }

    @Test
    void aTenantThatLeavesConsentToItsAdministrator() {
        assertThat(refusal("access_denied", "AADSTS90094: This operation can only be performed by an administrator."))
                .isEqualTo("""
                        Account support: the authorization server gave no consent, access_denied: AADSTS90094: This \
                        operation can only be performed by an administrator. Nothing was stored. The tenant's \
                        administrator has to consent for this client: Entra, Enterprise applications, Permissions, Grant \
                        admin consent.""");
    }

    @Test
    void aTenantWithConditionalAccess() {
        assertThat(refusal("access_denied", "AADSTS53003: Access has been blocked by Conditional Access policies."))
                .isEqualTo("""
                        Account support: the authorization server gave no consent, access_denied: AADSTS53003: Access \
                        has been blocked by Conditional Access policies. Nothing was stored. Conditional Access stands \
                        in the way: the tenant's administrator has to let this client pass, and the device code if that \
                        was used (--browser may do without).""");
    }

    @Test
    void anErrorThatNobodyKnowsWithTerminalEscapes() {
        assertThat(refusal("odd", "\u001b[2J\u001b[31mred\u0007\r\nFORGED line \u202Egnp.exe"))
                .isEqualTo("""
                        Account support: the authorization server gave no consent, odd: [2J [31mred FORGED line gnp.exe. \
                        Nothing was stored. Check mailroutes.accounts.support.client-id, \
                        mailroutes.accounts.support.redirect-uri and what is registered for this client. Begin anew: \
                        mailroutes login support""");
    }

    @Test
    void aCodeThatIsNotTheServersOwn() {
        AuthorizationRequest request = request();
        Grant grant = request.accept(answer(request, "code", "CANARY"));
        assertThat(words.of(() -> words.endpoint(account).exchange(grant))).isEqualTo("""
                        Account support: the token request (authorization_code) to https://SERVER/token was answered \
                        with HTTP 400, invalid_grant. The code of a login or the refresh token has expired, was revoked \
                        or used twice, or belongs to another client. The mailbox owner has to consent again: mailroutes \
                        login support (with grant=refresh-token set a new mailroutes.accounts.support.refresh-token).""");
    }

    @Test
    void aConsentWithAnUntickedBox() {
        Grant grant = consented(Optional.of("openid"));
        assertThat(words.of(() -> words.endpoint(account).exchange(grant))).isEqualTo("""
                        Account support: the token request (authorization_code) to https://SERVER/token gave a token \
                        without the scope mail. The mailbox owner has to consent again and leave every box ticked: \
                        mailroutes login support. Or mailroutes.accounts.support.scope asks for too much.""");
    }

    @Test
    void aPastedAddressOfAnotherPlace() {
        assertThat(pasted("https://evil.example/callback?code=CANARY")).isEqualTo("""
                        Account support: the answer of the browser is not used, because it is not the address after the \
                        consent, which begins with http://127.0.0.1:9999/callback. Nothing was stored. Begin anew: \
                        mailroutes login support""");
    }

    @Test
    void aPastedSentence() {
        assertThat(pasted("what do you want")).isEqualTo("""
                        Account support: the answer of the browser is not used, because it is neither an address nor a \
                        code. Nothing was stored. Begin anew: mailroutes login support""");
    }
}
