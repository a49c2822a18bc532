package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OAuthClientTest {
    private static final String WHOLE =
            "must be a whole URI with https:// and a host name, such as https://login.example.com/token";

    @Test
    void withoutEndpointOrIssuerNobodyCanBeAsked() {
        assertThat(Given.generic().without("token-endpoint").problems())
                .containsExactly("token-endpoint: missing. Give token-endpoint, or issuer for a server with discovery"
                        + " (OpenID Connect or RFC 8414)");
    }

    @Test
    void theDayOnWhichASecretEndsIsRead() {
        assertThat(Given.generic()
                        .account("client-secret-expires", "2027-05-31")
                        .support()
                        .oauth()
                        .orElseThrow()
                        .clientSecretExpires())
                .contains(LocalDate.of(2027, 5, 31));
    }

    @ParameterizedTest
    @ValueSource(strings = {"31.05.2027", "2027-02-30", "next year"})
    void aSecretEndsOnADayOfTheCalendar(String text) {
        assertThat(Given.generic().account("client-secret-expires", text).problems())
                .containsExactly("client-secret-expires: '" + text + "' is not a day: write it as 2027-05-31");
    }

    @Test
    void withoutASecretNoneExpires() {
        assertThat(Given.generic()
                        .without("client-secret")
                        .account("client-authentication", "none")
                        .account("client-secret-expires", "2027-05-31")
                        .problems())
                .anyMatch(problem -> problem.startsWith("client-secret-expires: there is no client-secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.example.com/token",
                "/token",
                "ftp://login.example.com/",
                "https:///token",
                "file:/etc/passwd"
            })
    void anEndpointIsAWholeUri(String uri) {
        assertThat(Given.generic().account("token-endpoint", uri).problems())
                .containsExactly("token-endpoint: " + WHOLE);
    }

    @Test
    void whatIsNoUriIsRefusedWithoutShowingIt() {
        assertThat(Given.generic()
                        .account("token-endpoint", "https://example.com/?canary= x")
                        .problems())
                .containsExactly("token-endpoint: is not a URI: write something like https://login.example.com/token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token-endpoint",
                "issuer",
                "authorization-endpoint",
                "device-authorization-endpoint",
                "revocation-endpoint"
            })
    void secretsAreNotSentInClearText(String key) {
        assertThat(Given.generic().account(key, "http://login.example.com/x").problems())
                .containsExactly(
                        key + ": must begin with https://, because secrets and tokens go there; http:// is for a"
                                + " server on this machine only (127.0.0.0/8, ::1, localhost)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8080/token", "http://localhost/token", "http://[::1]:9/token"})
    void anAuthorizationServerOnThisMachineMayDoWithoutTls(String uri) {
        assertThat(Given.generic().account("token-endpoint", uri).client().tokenEndpoint())
                .contains(URI.create(uri));
    }

    @Test
    void aUriHoldsNoPasswordAndNoFragment() {
        assertThat(Given.generic()
                        .account("token-endpoint", "https://me:canary@example.com/t")
                        .problems())
                .containsExactly(
                        "token-endpoint: must not hold a user name or a password: use client-id and client-secret");
        assertThat(Given.generic()
                        .account("token-endpoint", "https://example.com/t#x")
                        .problems())
                .containsExactly("token-endpoint: must not have a fragment (what begins with #)");
    }

    @Test
    void anEndpointMayHaveAQueryAndAnIssuerMayNot() {
        assertThat(Given.generic()
                        .account("token-endpoint", "https://example.com/t?v=2")
                        .client()
                        .tokenEndpoint())
                .contains(URI.create("https://example.com/t?v=2"));
        assertThat(Given.generic().account("issuer", "https://example.com/?v=2").problems())
                .containsExactly("issuer: must not have a query (what begins with ?)");
    }

    @Test
    void theAddressOfTheDiscoveryDocumentIsNotTheIssuer() {
        assertThat(Given.generic()
                        .account("issuer", "https://example.com/.well-known/openid-configuration")
                        .problems())
                .containsExactly("issuer: give the issuer alone: what stands before /.well-known/");
    }

    @Test
    void anotherIssuerIsAnotherServer() {
        OAuthClient client =
                Given.google().account("issuer", "https://login.example.com").client();

        assertThat(client.issuer()).contains(URI.create("https://login.example.com"));
        assertThat(client.tokenEndpoint()).isEmpty();
        assertThat(client.revocationEndpoint()).isEmpty();
    }

    @Test
    void aProviderWithEndpointsIsNotDiscovered() {
        assertThat(Given.google().client().issuer()).isEmpty();
        assertThat(Given.google()
                        .account("issuer", "https://accounts.google.com")
                        .client()
                        .tokenEndpoint())
                .contains(URI.create("https://oauth2.googleapis.com/token"));
    }

    @Test
    void anEndpointOfTheAccountReplacesTheProviders() {
        OAuthClient client = Given.microsoft()
                .account("token-endpoint", "https://login.microsoftonline.us/{tenant}/oauth2/v2.0/token")
                .client();

        assertThat(client.tokenEndpoint())
                .contains(URI.create("https://login.microsoftonline.us/contoso.onmicrosoft.com/oauth2/v2.0/token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"common", "organizations", "consumers"})
    void anApplicationNeedsADirectoryOfItsOwn(String tenant) {
        assertThat(Given.microsoft().account("tenant", tenant).problems())
                .containsExactly("tenant: '" + tenant + "' is not a directory of its own, and an application gets in"
                        + " without a person only through one (AADSTS9001023): give the directory's id (a GUID) or a"
                        + " domain such as contoso.onmicrosoft.com");
    }

    @Test
    void anApplicationDoesNotGetTheProvidersSharedTenant() {
        assertThat(Given.microsoft().without("tenant").problems())
                .containsExactly(
                        "tenant: missing. It is the directory: its id (a GUID) or a domain such as contoso.onmicrosoft.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"contoso", "../common", "contoso.com/x", "a?b.c", "1234"})
    void whatIsNeitherIdNorDomainIsNoTenant(String tenant) {
        assertThat(Given.microsoft().account("tenant", tenant).problems())
                .containsExactly("tenant: '" + tenant
                        + "' is neither a directory's id (a GUID) nor a domain such as contoso.onmicrosoft.com");
    }

    @Test
    void aPersonMayComeFromAnyDirectory() {
        Given person = Given.microsoft()
                .without("tenant")
                .without("client-secret")
                .account("grant", "refresh-token")
                .account("refresh-token", "x");

        assertThat(person.client().tokenEndpoint())
                .contains(URI.create("https://login.microsoftonline.com/common/oauth2/v2.0/token"));
        assertThat(person.account("tenant", "consumers").client().tokenEndpoint())
                .contains(URI.create("https://login.microsoftonline.com/consumers/oauth2/v2.0/token"));
    }

    @Test
    void aTenantThatNoUriHasAPlaceForIsRefused() {
        assertThat(Given.google().account("tenant", "x").problems())
                .containsExactly("tenant: has no effect: no URI of this account has a place for it, {tenant}");
        assertThat(Given.generic()
                        .account("issuer", "https://a.example/{tenant}")
                        .problems())
                .containsExactly(
                        "tenant: missing. It is the directory: its id (a GUID) or a domain such as contoso.onmicrosoft.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "openid email", "https://www.googleapis.com/auth/gmail.readonly"})
    void aGoogleTokenWithoutTheMailScopeIsOfNoUse(String scope) {
        assertThat(Given.google().account("scope", scope).problems())
                .containsExactly("scope: must contain https://mail.google.com/: it is the one scope that Gmail's IMAP"
                        + " accepts. 'openid', 'email' and 'profile' only say who signed in, and the gmail.* scopes"
                        + " belong to the REST interface");
    }

    @Test
    void theUsualMistakesWithGooglesScopeAreExplained() {
        assertThat(Given.google().account("scope", "imap.gmail.com").problems())
                .containsExactly(
                        "scope: 'imap.gmail.com' is not right: this is the name of the IMAP server, not a scope:"
                                + " write https://mail.google.com/");
        assertThat(Given.google().account("scope", "https://mail.google.com").problems())
                .containsExactly("scope: 'https://mail.google.com' is not right: the slash at the end belongs to it:"
                        + " write https://mail.google.com/");
    }

    @Test
    void otherScopesMayStandBesideGooglesMailScope() {
        assertThat(Given.google()
                        .account("scope", "openid  email https://mail.google.com/")
                        .client()
                        .scope())
                .containsExactly("openid", "email", "https://mail.google.com/");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://graph.microsoft.com/.default | a token for Microsoft Graph does not open a mailbox by IMAP",
                "https://outlook.office.com/IMAP.AccessAsUser.All | it is a permission of a person, not of an application",
                "IMAP.AccessAsUser.All | without its resource it means Microsoft Graph",
                "IMAP.AccessAsApp | application permissions are not asked for by name",
                "offline_access | this grant has no refresh token",
            })
    void theUsualMistakesWithMicrosoftsScopeAreExplained(String scope, String because) {
        assertThat(Given.microsoft().account("scope", scope).problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("scope: '" + scope + "' is not right: " + because);
    }

    @Test
    void aScopeInQuotesIsNoScope() {
        assertThat(Given.generic().account("scope", "\"mail\"").problems())
                .containsExactly("scope: '\"mail\"' is not a scope: they are separated by blanks and have no quotes");
    }

    @Test
    void aResourceIsAUriWithoutAFragment() {
        for (String wrong : new String[] {"mail", "https://example.com/#x", "a b"}) {
            assertThat(Given.generic().account("resource", wrong).problems())
                    .containsExactly("resource: must be a whole URI without a fragment (RFC 8707)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "token-parameters.client_id, client-id",
        "token-parameters.CLIENT_SECRET, client-secret",
        "token-parameters.grant_type, grant",
        "token-parameters.refresh_token, refresh-token",
        "token-parameters.scope, scope",
        "authorization-parameters.scope, scope",
        "authorization-parameters.resource, resource",
    })
    void aParameterWithAKeyOfItsOwnIsNotSetTwice(String key, String own) {
        assertThat(Given.generic().account(key, "canary").problems())
                .containsExactly(key + ": use the key " + own + " instead");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token-parameters.code_verifier",
                "token-parameters.client_assertion",
                "authorization-parameters.state"
            })
    void aParameterOfTheProtocolCannotBeSet(String key) {
        assertThat(Given.generic().account(key, "canary").problems())
                .containsExactly(key + ": belongs to the protocol and cannot be set: delete the line");
    }

    @Test
    void parametersMayHaveDotsAndAddToTheProviders() {
        OAuthClient client = Given.google()
                .account("authorization-parameters.prompt", "select_account")
                .account("token-parameters.vendor.flag", "on")
                .client();

        assertThat(client.authorizationParameters())
                .containsOnly(Map.entry("access_type", "offline"), Map.entry("prompt", "select_account"));
        assertThat(client.tokenParameters()).containsOnly(Map.entry("vendor.flag", "on"));
    }
}
