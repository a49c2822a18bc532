package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailroutes.oauth.PermanentOAuthException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each refusal of a token endpoint means and what its message advises: one line for each row of the providers'
 * tables. LATER is transient; the others name who has to act.
 */
class TokenErrorTaxonomyTest {
    private static final Attempt ATTEMPT = new Attempt(
            "support", "the token request (x)", Optional.of(URI.create("https://login.example/token")), List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status | error          | detail        | means         | the message says
            400 | invalid_grant           |               | RECONSENT     | has expired, was revoked or used twice
            400 | invalid_grant           | bad_token     | RECONSENT     | mailroutes login support
            400 | invalid_grant           | token_expired | RECONSENT     | mailroutes login support
            400 | interaction_required    |               | RECONSENT     | consent again: mailroutes login support
            400 | consent_required        |               | RECONSENT     | consent again: mailroutes login support
            400 | login_required          |               | RECONSENT     | consent again: mailroutes login support
            400 | authorization_declined  |               | RECONSENT     | chose not to consent. Begin anew: mailroutes login support
            400 | expired_token           |               | RECONSENT     | code that was to be typed in has expired
            400 | bad_verification_code   |               | RECONSENT     | code that was to be typed in has expired
            401 | invalid_client          |               | CONFIGURATION | mailroutes.accounts.support.client-secret
            400 | invalid_client          |               | CONFIGURATION | mailroutes.accounts.support.client-id
            400 | unauthorized_client     |               | CONFIGURATION | may not use this grant
            400 | unsupported_grant_type  |               | CONFIGURATION | change mailroutes.accounts.support.grant
            400 | invalid_scope           |               | CONFIGURATION | Google wants https://mail.google.com/ with the slash
            400 | invalid_request         |               | CONFIGURATION | dislikes a parameter
            400 | redirect_uri_mismatch   |               | CONFIGURATION | mailroutes.accounts.support.redirect-uri
            400 | invalid_target          |               | CONFIGURATION | mailroutes.accounts.support.audience
            400 | invalid_resource        |               | CONFIGURATION | mailroutes.accounts.support.resource
            401 | deleted_client          |               | CONFIGURATION | client was deleted
            401 | disabled_client         |               | ADMINISTRATOR | disabled at the provider
            400 | never_heard_of          |               | PROTOCOL      | never_heard_of
            400 |                         |               | PROTOCOL      | HTTP 400. The server gives no reason
            401 |                         |               | CONFIGURATION | not recognised
            403 |                         |               | ADMINISTRATOR | a firewall or a policy
            404 |                         |               | CONFIGURATION | address is wrong
            405 |                         |               | CONFIGURATION | address is wrong
            410 |                         |               | CONFIGURATION | address is wrong
            302 |                         |               | CONFIGURATION | Redirects are not followed
            307 |                         |               | CONFIGURATION | Redirects are not followed
            400 | temporarily_unavailable |               | LATER         | tried again
            400 | slow_down               |               | LATER         | tried again
            400 | authorization_pending   |               | LATER         | tried again
            400 | server_error            |               | LATER         | tried again
            403 | rate_limit_exceeded     |               | LATER         | tried again
            408 |                         |               | LATER         | tried again
            425 |                         |               | LATER         | tried again
            429 | invalid_client          |               | LATER         | tried again
            500 | invalid_grant           |               | LATER         | tried again
            500 | internal_failure        |               | LATER         | tried again
            502 |                         |               | LATER         | tried again
            503 |                         |               | LATER         | tried again
            504 |                         |               | LATER         | tried again
            """)
    void everyCodeOfTheStandards(int status, String error, String detail, String means, String says) {
        assertMeaning(refusal(status, error, detail, "", Signed.NOTHING), means, says);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # error        | description                         | signed  | means         | the message says
            invalid_grant       | Token has been expired or revoked.  | NOTHING | RECONSENT     | changes the password, after 6 months
            invalid_grant       | Token has been expired or revoked.  | NOTHING | RECONSENT     | 7 days while the consent screen is in Testing
            invalid_grant       | reauth related error (rapt_required) | NOTHING | RECONSENT    | session control ended the consent and will do so again
            invalid_grant       | Bad Request                         | NOTHING | CONFIGURATION | client-secret must be those of the login
            invalid_grant       | Bad Request                         | GRANT   | CONFIGURATION | check mailroutes.accounts.support.subject
            invalid_grant       | Invalid JWT: Token must be a short-lived token | GRANT | LATER | set this machine's clock (NTP)
            invalid_grant       | Invalid JWT Signature.              | GRANT   | CONFIGURATION | does not know the key
            invalid_grant       | Invalid email or User ID            | GRANT   | CONFIGURATION | no such user in the domain: check mailroutes.accounts.support.subject
            invalid_grant       | Invalid grant: account not found    | GRANT   | CONFIGURATION | service account is gone
            invalid_grant       | The account has been deleted        | GRANT   | CONFIGURATION | service account is gone
            invalid_grant       | Invalid email or User ID            | NOTHING | CONFIGURATION | no such mailbox at the provider any more
            invalid_grant       | Account not found                   | NOTHING | CONFIGURATION | no such mailbox at the provider any more
            invalid_grant       | The account has been deleted        | NOTHING | CONFIGURATION | check mailroutes.accounts.support.user
            unauthorized_client | Client is unauthorized to retrieve access tokens using this method | GRANT | ADMINISTRATOR | Delegation is not authorised
            unauthorized_client | or client not authorized for any of the scopes requested | GRANT | ADMINISTRATOR | with exactly mailroutes.accounts.support.scope
            invalid_client      | The OAuth client was not found.     | NOTHING | CONFIGURATION | wrong, expired or deleted
            invalid_request     | client_secret is missing.           | NOTHING | CONFIGURATION | set mailroutes.accounts.support.client-secret. Google's Desktop
            invalid_scope       | Invalid device flow scope: https://mail.google.com/ | NOTHING | CONFIGURATION | mailroutes login support --browser, or --paste
            invalid_scope       | Some requested scopes were invalid  | NOTHING | CONFIGURATION | check mailroutes.accounts.support.scope
            access_denied       |                                     | NOTHING | ADMINISTRATOR | policy of the mail domain
            admin_policy_enforced |                                   | NOTHING | ADMINISTRATOR | trust the client mailroutes.accounts.support.client-id in the Admin console
            org_internal        |                                     | NOTHING | CONFIGURATION | consent screen of this client is Internal
            internal_failure    |                                     | NOTHING | LATER         | tried again
            """)
    void everyRefusalOfGoogle(String error, String description, Signed signed, String means, String says) {
        assertMeaning(refusal(400, error, "", description, signed), means, says);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            invalid_rapt  | RECONSENT | session control ended the consent
            rapt_required | RECONSENT | the Workspace administrator can exempt this client
            """)
    void everySubtypeOfGoogle(String subtype, String means, String says) {
        assertMeaning(refusal(400, "invalid_grant", subtype, "", Signed.NOTHING), means, says);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # description                               | means     | the message says
            Token is not active                         | RECONSENT | SSO Session Idle or Max). It lasts longer with offline_access
            Session not active                          | RECONSENT | SSO Session Idle or Max). It lasts longer with offline_access
            Offline session not active                  | RECONSENT | offline session of this login has ended
            Maximum allowed refresh token reuse exceeded | RECONSENT | used twice: by another program
            Invalid refresh token                       | RECONSENT | belongs to another client
            """)
    void everyRefusalOfKeycloak(String description, String means, String says) {
        assertMeaning(refusal(400, "invalid_grant", "", description, Signed.NOTHING), means, says);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # numbers                       | means         | the message says
            700082 70008                    | RECONSENT     | not used for 90 days. The mailbox owner has to consent again
            50173 50132 50133               | RECONSENT     | revoked, as a change of the password does
            70000                           | RECONSENT     | does not know the token or code
            70043                           | RECONSENT     | sign-in frequency
            700084                          | RECONSENT     | single-page application, whose tokens end after 24 hours
            50076 50079 50074 50078 50072   | RECONSENT     | second factor (MFA)
            50158                           | RECONSENT     | another check of the person
            50055 50144                     | RECONSENT     | password has expired: it has to be changed first
            50085 50089                     | RECONSENT     | session of the login has ended
            65001 65004 700020              | RECONSENT     | many tenants leave it to their administrator
            70018 70019                     | RECONSENT     | code that was to be typed in has expired
            53000 53001 53002 53003         | ADMINISTRATOR | Conditional Access stands in the way
            530032 530035 50131             | ADMINISTRATOR | Conditional Access stands in the way
            50105                           | ADMINISTRATOR | not assigned to the application
            90094 90095                     | ADMINISTRATOR | Grant admin consent
            50057                           | ADMINISTRATOR | account is disabled
            50034 50020                     | ADMINISTRATOR | does not have this user: check mailroutes.accounts.support.user
            500011 650052                   | ADMINISTRATOR | does not have the service that the scope names
            65005 650056 650057             | ADMINISTRATOR | add IMAP.AccessAsUser.All
            7000112 70001                   | ADMINISTRATOR | application is disabled in the tenant
            7000215                         | CONFIGURATION | to its value, not to its id
            7000222                         | CONFIGURATION | client secret has expired: create a new one
            700016                          | CONFIGURATION | does not know the client
            7000218                         | CONFIGURATION | needs a secret: set mailroutes.accounts.support.client-secret
            700025                          | CONFIGURATION | must not send a secret
            700027 50012 700030             | CONFIGURATION | does not know the key: upload the certificate
            50011                           | CONFIGURATION | redirect address is not registered
            50194                           | CONFIGURATION | for one tenant: set mailroutes.accounts.support.tenant
            9002332                         | CONFIGURATION | mailroutes.accounts.support.tenant=consumers
            90002                           | CONFIGURATION | no such tenant
            70011 700022 28002              | CONFIGURATION | all scopes must belong to one resource
            9001023                         | CONFIGURATION | not common or consumers
            501481 54005                    | CONFIGURATION | used before, or belongs to another login (PKCE)
            70021 700211 700212 700213      | CONFIGURATION | No federated credential
            700024                          | LATER         | set this machine's clock (NTP)
            50033 50087 50088 90006 90012   | LATER         | tried again
            90024 90033 90055 40010 70012   | LATER         | tried again
            80002 501621                    | LATER         | tried again
            50196                           | LATER         | asks too often: does another program use the same account?
            70016                           | LATER         | Nobody has typed in the code yet
            """)
    void everyNumberOfMicrosoftWhateverItsCode(String numbers, String means, String says) {
        for (String number : numbers.split(" ")) {
            assertMeaning(numbered("invalid_grant", number), means, says);
            assertMeaning(numbered("never_heard_of", number), means, says);
            assertMeaning(
                    refusal(400, "interaction_required", "", "AADSTS" + number + ": in words", Signed.NOTHING),
                    means,
                    says);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            invalid_grant  | RECONSENT     | has expired, was revoked or used twice
            invalid_client | CONFIGURATION | client id or secret is wrong
            """)
    void aNumberThatNobodyKnowsLeavesItToTheCode(String error, String means, String says) {
        assertMeaning(numbered(error, "999999"), means, says);
    }

    private static Failure numbered(String error, String number) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("error", error);
        body.putArray("error_codes").add(Integer.parseInt(number));
        return new Failure.Refused(400, Duration.ZERO, ServerError.of(body));
    }

    private static Failure refusal(int status, String error, String detail, String description, Signed signed) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("error", error).put("suberror", detail).put("error_description", description);
        ServerError said = StrictJson.object(body.toString().getBytes(UTF_8))
                .map(ServerError::of)
                .orElseThrow();
        return new Failure.Refused(status, Duration.ZERO, said, Optional.empty(), signed, false);
    }

    private static void assertMeaning(Failure failure, String means, String says) {
        OAuthException refusal = OAuthErrors.classify(ATTEMPT, failure);

        String meaning = Stream.of(refusal)
                .filter(PermanentOAuthException.class::isInstance)
                .map(permanent -> ((PermanentOAuthException) permanent).kind())
                .map(Kind::name)
                .findFirst()
                .orElse("LATER");
        assertThat(meaning).as(refusal.getMessage()).isEqualTo(means);
        assertThat(refusal)
                .hasMessageStartingWith("Account support: the token request (x) to https://login.example/token")
                .hasMessageContaining(says)
                .hasMessageNotContainingAny("KEY(", "ACCOUNT");
    }
}
