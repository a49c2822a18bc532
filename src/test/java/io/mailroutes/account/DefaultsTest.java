package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pins every default: a change here is a change for people. */
class DefaultsTest {
    @Test
    void nothingConfiguredGivesTheDocumentedSettings() {
        assertThat(Given.nothing().read())
                .isEqualTo(new Configuration(
                        Map.of(),
                        new Settings(
                                Path.of("data"),
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                QueueSettings.DEFAULT,
                                Map.of()),
                        List.of()));
    }

    @Test
    void aGenericAccountHasTheDocumentedDefaults() {
        assertThat(Given.generic().support())
                .isEqualTo(new Account(
                        "support",
                        "generic",
                        "support@example.com",
                        Optional.empty(),
                        GrantType.CLIENT_CREDENTIALS,
                        Optional.of(new OAuthClient(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(URI.create("https://login.example.com/token")),
                                Optional.empty(),
                                Optional.empty(),
                                "the-client",
                                Optional.of(Secret.of("canary-secret")),
                                Optional.empty(),
                                ClientAuthentication.AUTO,
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Consent.LOOPBACK)),
                        Optional.empty(),
                        new MailServer("imap.example.com", 993, Security.TLS),
                        Optional.empty(),
                        List.of(Mechanism.OAUTHBEARER, Mechanism.XOAUTH2),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void aMicrosoftApplicationHasTheDocumentedDefaults() {
        String directory = "https://login.microsoftonline.com/contoso.onmicrosoft.com/oauth2/v2.0/";

        assertThat(Given.microsoft().support())
                .isEqualTo(new Account(
                        "support",
                        "microsoft",
                        "support@contoso.com",
                        Optional.empty(),
                        GrantType.CLIENT_CREDENTIALS,
                        Optional.of(new OAuthClient(
                                Optional.empty(),
                                Optional.of(URI.create(directory + "authorize")),
                                Optional.of(URI.create(directory + "token")),
                                Optional.of(URI.create(directory + "devicecode")),
                                Optional.empty(),
                                "the-client",
                                Optional.of(Secret.of("canary-secret")),
                                Optional.empty(),
                                ClientAuthentication.POST,
                                List.of("https://outlook.office365.com/.default"),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                new Consent(
                                        Optional.of(URI.create(
                                                "https://login.microsoftonline.com/contoso.onmicrosoft.com/v2.0")),
                                        false,
                                        URI.create("http://localhost"),
                                        0,
                                        List.of("openid", "email"),
                                        Optional.empty(),
                                        Optional.empty()))),
                        Optional.empty(),
                        new MailServer("outlook.office365.com", 993, Security.TLS),
                        Optional.of(new MailServer("smtp.office365.com", 587, Security.STARTTLS)),
                        List.of(Mechanism.XOAUTH2),
                        Optional.empty(),
                        Optional.empty(),
                        5,
                        List.of("none:*.mail.protection.outlook.com")));
    }

    @Test
    void aMicrosoftPersonAsksForTheirOwnMailAndARefreshToken() {
        OAuthClient client = Given.microsoft()
                .account("grant", "refresh-token")
                .account("refresh-token", "canary-refresh")
                .client();

        assertThat(client.scope())
                .containsExactly("https://outlook.office.com/IMAP.AccessAsUser.All", "offline_access");
        assertThat(client.refreshToken()).contains(Secret.of("canary-refresh"));
    }

    @Test
    void aGoogleAccountHasTheDocumentedDefaults() {
        assertThat(Given.google().support())
                .isEqualTo(new Account(
                        "support",
                        "google",
                        "support@example.com",
                        Optional.empty(),
                        GrantType.REFRESH_TOKEN,
                        Optional.of(new OAuthClient(
                                Optional.empty(),
                                Optional.of(URI.create("https://accounts.google.com/o/oauth2/v2/auth")),
                                Optional.of(URI.create("https://oauth2.googleapis.com/token")),
                                Optional.empty(),
                                Optional.of(URI.create("https://oauth2.googleapis.com/revoke")),
                                "the-client",
                                Optional.of(Secret.of("canary-secret")),
                                Optional.empty(),
                                ClientAuthentication.POST,
                                List.of("https://mail.google.com/"),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of("access_type", "offline", "prompt", "consent"),
                                Map.of(),
                                Optional.of(Secret.of("canary-refresh")),
                                Optional.empty(),
                                Optional.empty(),
                                new Consent(
                                        Optional.of(URI.create("https://accounts.google.com")),
                                        true,
                                        URI.create("http://127.0.0.1/callback"),
                                        0,
                                        List.of("openid", "email"),
                                        Optional.empty(),
                                        Optional.of(
                                                "Google ends everything this person has granted to any client of the"
                                                        + " same Google Cloud project")))),
                        Optional.empty(),
                        new MailServer("imap.gmail.com", 993, Security.TLS),
                        Optional.of(new MailServer("smtp.gmail.com", 465, Security.TLS)),
                        List.of(Mechanism.XOAUTH2, Mechanism.OAUTHBEARER),
                        Optional.empty(),
                        Optional.empty(),
                        15,
                        List.of("mx.google.com")));
    }

    @Test
    void aPasswordAccountHasTheDocumentedDefaults() {
        assertThat(Given.password().support())
                .isEqualTo(new Account(
                        "support",
                        "generic",
                        "support@example.com",
                        Optional.empty(),
                        GrantType.PASSWORD,
                        Optional.empty(),
                        Optional.of(Secret.of("canary-password")),
                        new MailServer("imap.example.com", 993, Security.TLS),
                        Optional.empty(),
                        List.of(Mechanism.PLAIN),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void whatIsConfiguredDoesNotShowItsSecrets() {
        String shown = Given.google()
                .account("token-parameters.vendor", "canary-parameter")
                .account("token-endpoint", "https://login.example.com/t?key=canary-query")
                .with("mailroutes.secrets.webhook", "canary-webhook")
                .read()
                .toString();

        assertThat(shown)
                .contains("the-client", "vendor", "https://login.example.com/t")
                .doesNotContain("canary");
        assertThat(Given.password().read().toString()).doesNotContain("canary");
    }
}
