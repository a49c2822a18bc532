package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.ImapBehaviour.Idle;
import io.mailroutes.account.OAuthBehaviour.Redirect;
import io.mailroutes.account.OAuthBehaviour.Registration;
import io.mailroutes.account.OAuthBehaviour.Rotation;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pins what the rows say: whoever changes one has looked it up. An empty column is a fact that the row leaves open. */
class ProviderRowsTest {
    private final ProviderTable table = ProviderTable.load();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    google           | https://accounts.google.com                        | https://accounts.google.com/o/oauth2/v2/auth                          | https://oauth2.googleapis.com/token                               |                                                                       | https://oauth2.googleapis.com/revoke
                    microsoft        | https://login.microsoftonline.com/{tenant}/v2.0    | https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize      | https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token      | https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode     |
                    outlook          |                                                    | https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize      | https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token      | https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode     |
                    microsoft-us-gov | https://login.microsoftonline.us/{tenant}/v2.0     | https://login.microsoftonline.us/{tenant}/oauth2/v2.0/authorize       | https://login.microsoftonline.us/{tenant}/oauth2/v2.0/token       | https://login.microsoftonline.us/{tenant}/oauth2/v2.0/devicecode      |
                    microsoft-us-dod | https://login.microsoftonline.us/{tenant}/v2.0     | https://login.microsoftonline.us/{tenant}/oauth2/v2.0/authorize       | https://login.microsoftonline.us/{tenant}/oauth2/v2.0/token       | https://login.microsoftonline.us/{tenant}/oauth2/v2.0/devicecode      |
                    microsoft-china  |                                                    | https://login.chinacloudapi.cn/{tenant}/oauth2/v2.0/authorize         | https://login.chinacloudapi.cn/{tenant}/oauth2/v2.0/token         | https://login.chinacloudapi.cn/{tenant}/oauth2/v2.0/devicecode        |
                    yahoo            | https://api.login.yahoo.com                        | https://api.login.yahoo.com/oauth2/request_auth                       | https://api.login.yahoo.com/oauth2/get_token                      |                                                                       | https://api.login.yahoo.com/oauth2/revoke
                    aol              |                                                    | https://api.login.aol.com/oauth2/request_auth                         | https://api.login.aol.com/oauth2/get_token                        |                                                                       |
                    fastmail         | https://api.fastmail.com                           | https://api.fastmail.com/oauth/authorize                              | https://api.fastmail.com/oauth/refresh                            |                                                                       | https://api.fastmail.com/oauth/revoke
                    yandex           |                                                    | https://oauth.yandex.com/authorize                                    | https://oauth.yandex.com/token                                    | https://oauth.yandex.com/device/code                                  |
                    mailru           |                                                    | https://oauth.mail.ru/login                                           | https://oauth.mail.ru/token                                       |                                                                       |
                    generic          |                                                    |                                                                       |                                                                   |                                                                       |
                    """)
    void theAuthorizationServers(
            String name, String issuer, String authorization, String token, String device, String revocation) {
        Map<String, String> defaults = row(name).defaults();

        assertThat(defaults.get("issuer")).isEqualTo(issuer);
        assertThat(defaults.get("authorization-endpoint")).isEqualTo(authorization);
        assertThat(defaults.get("token-endpoint")).isEqualTo(token);
        assertThat(defaults.get("device-authorization-endpoint")).isEqualTo(device);
        assertThat(defaults.get("revocation-endpoint")).isEqualTo(revocation);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    google           | imap.gmail.com            | smtp.gmail.com        | tls      | XOAUTH2,OAUTHBEARER | true
                    microsoft        | outlook.office365.com     | smtp.office365.com    | starttls | XOAUTH2             | true
                    outlook          | outlook.office365.com     | smtp-mail.outlook.com | starttls | XOAUTH2             | true
                    microsoft-us-gov | outlook.office365.us      |                       |          | XOAUTH2             | true
                    microsoft-us-dod | outlook-dod.office365.us  |                       |          | XOAUTH2             | true
                    microsoft-china  | partner.outlook.cn        |                       |          | XOAUTH2             | true
                    yahoo            | imap.mail.yahoo.com       | smtp.mail.yahoo.com   | tls      | OAUTHBEARER,XOAUTH2 | true
                    aol              | imap.aol.com              | smtp.aol.com          | tls      | OAUTHBEARER,XOAUTH2 | true
                    fastmail         | imap.fastmail.com         | smtp.fastmail.com     | tls      | XOAUTH2,OAUTHBEARER | true
                    yandex           | imap.yandex.com           | smtp.yandex.com       | tls      | XOAUTH2             | false
                    mailru           | imap.mail.ru              | smtp.mail.ru          | tls      | XOAUTH2             | true
                    generic          |                           |                       | tls      | OAUTHBEARER,XOAUTH2 | false
                    """)
    void theMailServers(
            String name, String imap, String smtp, String smtpSecurity, String mechanisms, boolean address) {
        Provider row = row(name);

        assertThat(row.defaults().get("host")).isEqualTo(imap);
        assertThat(row.defaults().get("security")).isEqualTo("tls");
        assertThat(row.defaults().get("smtp-host")).isEqualTo(smtp);
        assertThat(row.defaults().get("smtp-security")).isEqualTo(smtpSecurity);
        assertThat(row.mechanisms().stream().map(Mechanism::name).collect(Collectors.joining(",")))
                .isEqualTo(mechanisms);
        assertThat(row.userIsAddress()).isEqualTo(address);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    google           | https://mail.google.com/
                    microsoft        | https://outlook.office.com/SMTP.Send
                    outlook          | https://outlook.office.com/SMTP.Send
                    microsoft-us-gov |
                    yahoo            | mail-w
                    aol              | mail-w
                    fastmail         | https://www.fastmail.com/dev/protocol-smtp
                    yandex           | mail:smtp
                    mailru           | mail.imap
                    generic          |
                    """)
    void theScopesForSending(String name, String scope) {
        assertThat(row(name).smtpScope()).isEqualTo(Optional.ofNullable(scope));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    google           | https://mail.google.com/                                              |
                    microsoft        | https://outlook.office.com/IMAP.AccessAsUser.All offline_access       | https://outlook.office365.com/.default
                    outlook          | https://outlook.office.com/IMAP.AccessAsUser.All offline_access       |
                    microsoft-us-gov | https://outlook.office365.us/IMAP.AccessAsUser.All offline_access     | https://outlook.office365.us/.default
                    microsoft-us-dod | https://outlook-dod.office365.us/IMAP.AccessAsUser.All offline_access | https://outlook-dod.office365.us/.default
                    microsoft-china  | https://partner.outlook.cn/IMAP.AccessAsUser.All offline_access       | https://partner.outlook.cn/.default
                    yahoo            | mail-w                                                                |
                    aol              | mail-w                                                                |
                    fastmail         | https://www.fastmail.com/dev/protocol-imap                            |
                    yandex           | mail:imap_full                                                        |
                    mailru           | userinfo mail.imap                                                    |
                    generic          |                                                                       |
                    """)
    void theScopes(String name, String person, String application) {
        Provider row = row(name);

        assertThat(row.scope(GrantType.REFRESH_TOKEN)).isEqualTo(Optional.ofNullable(person));
        assertThat(row.scopes().get(GrantType.CLIENT_CREDENTIALS)).isEqualTo(application);
        assertThat(row.scopes().keySet()).isSubsetOf(GrantType.CLIENT_CREDENTIALS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    google           | client-credentials device-code
                    microsoft        | password service-account
                    outlook          | client-credentials password service-account
                    microsoft-us-gov | password service-account
                    microsoft-us-dod | password service-account
                    microsoft-china  | password service-account
                    yahoo            | client-credentials device-code service-account
                    aol              | client-credentials device-code service-account
                    fastmail         | client-credentials device-code service-account
                    yandex           | client-credentials service-account
                    mailru           | client-credentials device-code service-account
                    generic          |
                    """)
    void theGrantsThatCannotWork(String name, String grants) {
        Set<String> refused = row(name).refusedGrants().keySet().stream()
                .map(GrantType::key)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(String.join(" ", refused)).isEqualTo(grants == null ? "" : grants);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    google           | OPEN       | REQUIRED | post  | LOOPBACK_IP LOOPBACK_NAME HTTPS |                                          | true  | NONE            | PT1H | P6M  |
                    microsoft        | OPEN       | OPTIONAL | post  | LOOPBACK_NAME HTTPS             | http://localhost                         | false | OLD_STAYS_VALID |      | P90D |
                    outlook          | OPEN       | OPTIONAL | post  | LOOPBACK_NAME HTTPS             | http://localhost                         | false | OLD_STAYS_VALID |      | P90D |
                    microsoft-us-gov | OPEN       | OPTIONAL | post  | LOOPBACK_NAME HTTPS             | http://localhost                         | false | OLD_STAYS_VALID |      | P90D |
                    microsoft-us-dod | OPEN       | OPTIONAL | post  | LOOPBACK_NAME HTTPS             | http://localhost                         | false | OLD_STAYS_VALID |      | P90D |
                    microsoft-china  | OPEN       | OPTIONAL | post  | LOOPBACK_NAME HTTPS             | http://localhost                         | false | OLD_STAYS_VALID |      | P90D |
                    yahoo            | CLOSED     | OPTIONAL |       | HTTPS                           |                                          | false |                 | PT1H |      |
                    aol              | CLOSED     | OPTIONAL |       | HTTPS                           |                                          | false |                 | PT1H |      |
                    fastmail         | ON_REQUEST | NONE     |       | LOOPBACK_NAME HTTPS             | http://localhost/                        | true  | REPLAY_REVOKES  | PT1H |      |
                    yandex           | OPEN       | REQUIRED | basic | OUT_OF_BAND HTTPS               | https://oauth.yandex.ru/verification_code | false | REPLACED       |      |      | P3M
                    mailru           |            | REQUIRED | basic | HTTPS                           |                                          | false |                 |      |      |
                    generic          |            | OPTIONAL |       | LOOPBACK_IP LOOPBACK_NAME HTTPS |                                          | false |                 |      |      |
                    """)
    void howTokensAreGivenAndKept(
            String name,
            Registration registration,
            String secret,
            String clientAuthentication,
            String redirects,
            String redirectUri,
            boolean issuerInResponse,
            Rotation rotation,
            Duration accessTokenLife,
            String refreshTokenIdle,
            String refreshEvery) {
        Provider row = row(name);

        assertThat(row.oauth())
                .isEqualTo(new OAuthBehaviour(
                        Optional.ofNullable(registration),
                        secret.equals("NONE"),
                        Stream.of(redirects.split(" ")).map(Redirect::valueOf).toList(),
                        issuerInResponse,
                        Optional.ofNullable(rotation),
                        Optional.ofNullable(accessTokenLife),
                        Optional.ofNullable(refreshTokenIdle).map(Period::parse),
                        Optional.ofNullable(refreshEvery).map(Period::parse)));
        assertThat(row.defaults().get("client-authentication")).isEqualTo(clientAuthentication);
        assertThat(row.secretRequired()).isEqualTo(secret.equals("REQUIRED"));
        assertThat(row.defaults().get("redirect-uri")).isEqualTo(redirectUri);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    google           | YES        | 15 |      | true  | PT24H
                    microsoft        | YES        | 5  |      | true  |
                    outlook          | YES        | 5  |      | true  |
                    microsoft-us-gov | YES        | 5  |      | true  |
                    microsoft-us-dod | YES        | 5  |      | true  |
                    microsoft-china  | YES        | 5  |      | true  |
                    yahoo            | UNRELIABLE | 5  | 1000 | false |
                    aol              | UNRELIABLE | 5  | 1000 | false |
                    fastmail         |            |    |      | false |
                    yandex           | UNRELIABLE |    |      | false |
                    mailru           | NO         |    |      | false |
                    generic          |            |    |      | false |
                    """)
    void theLimitsOfTheMailServers(
            String name, Idle idle, Integer connections, Integer messages, boolean endsWithToken, Duration session) {
        assertThat(row(name).imap())
                .isEqualTo(new ImapBehaviour(
                        Optional.ofNullable(idle),
                        Optional.ofNullable(connections),
                        Optional.ofNullable(messages),
                        endsWithToken,
                        Optional.ofNullable(session)));
    }

    @Test
    void theParametersOfTheRequestForConsent() {
        assertThat(parameters("google")).isEqualTo(Map.of("access_type", "offline", "prompt", "consent"));
        assertThat(parameters("mailru")).isEqualTo(Map.of("prompt_force", "1"));
        Set<String> others = new HashSet<>(table.names());
        others.removeAll(Set.of("google", "mailru"));
        assertThat(others).allSatisfy(name -> assertThat(parameters(name)).isEmpty());
    }

    @Test
    void theTenants() {
        assertThat(table.names().stream()
                        .filter(name -> row(name).defaults().containsKey("tenant"))
                        .collect(Collectors.toMap(
                                name -> name, name -> row(name).defaults().get("tenant"))))
                .isEqualTo(Map.of(
                        "microsoft", "common",
                        "outlook", "consumers",
                        "microsoft-us-gov", "organizations",
                        "microsoft-us-dod", "organizations",
                        "microsoft-china", "organizations"));
    }

    @Test
    void everyRowButTheGenericOneWasCheckedThatDay() {
        assertThat(table.names()).allSatisfy(name -> assertThat(row(name).checkedOn())
                .isEqualTo(name.equals("generic") ? Optional.empty() : Optional.of(LocalDate.of(2026, 11, 23))));
    }

    private Map<String, String> parameters(String name) {
        String prefix = "authorization-parameters.";
        return row(name).defaults().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toMap(entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    private Provider row(String name) {
        return table.row(name).orElseThrow();
    }
}
