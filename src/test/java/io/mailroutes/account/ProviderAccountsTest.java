package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts over the rows: what need not be written, what can be written over it, and what is refused with a reason. */
class ProviderAccountsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "outlook",
                "yahoo",
                "aol",
                "fastmail",
                "yandex",
                "mailru",
                "microsoft-us-gov",
                "microsoft-us-dod",
                "microsoft-china"
            })
    void aPersonsMailboxNeedsNothingButTheClientAndTheToken(String provider) {
        Account account = person(provider).support();

        assertThat(account.provider()).isEqualTo(provider);
        assertThat(account.grant()).isEqualTo(GrantType.REFRESH_TOKEN);
        assertThat(account.oauth().orElseThrow().tokenEndpoint()).isPresent();
        assertThat(account.oauth().orElseThrow().scope()).isNotEmpty();
        assertThat(account.imap().security()).isEqualTo(Security.TLS);
    }

    @Test
    void outlookAsksInTheNameOfPersonalAccounts() {
        assertThat(person("outlook").client().tokenEndpoint())
                .contains(URI.create("https://login.microsoftonline.com/consumers/oauth2/v2.0/token"));
    }

    @Test
    void anApplicationInANationalCloudAsksThatCloud() {
        Account account =
                Given.microsoft().account("provider", "microsoft-us-gov").support();

        assertThat(account.oauth().orElseThrow().tokenEndpoint())
                .contains(URI.create("https://login.microsoftonline.us/contoso.onmicrosoft.com/oauth2/v2.0/token"));
        assertThat(account.oauth().orElseThrow().scope()).containsExactly("https://outlook.office365.us/.default");
        assertThat(account.imap().host()).isEqualTo("outlook.office365.us");
        assertThat(account.smtp()).isEmpty();
    }

    @Test
    void aScopeOfTheWorldWideCloudIsRefusedInANationalOne() {
        assertThat(Given.microsoft()
                        .account("provider", "microsoft-china")
                        .account("scope", "https://outlook.office365.com/.default")
                        .problems())
                .containsExactly("scope: 'https://outlook.office365.com/.default' is not right: it belongs to the"
                        + " world-wide cloud: begin with https://partner.outlook.cn/");
    }

    @ParameterizedTest
    @CsvSource({
        "outlook, client-credentials, outlook.com gives an application alone no access to mail",
        "outlook, password, outlook.com takes no passwords for IMAP any more",
        "yahoo, device-code, Yahoo has no device flow",
        "aol, client-credentials, AOL gives an application alone no access to mail",
        "fastmail, client-credentials, Fastmail's clients are public",
        "yandex, client-credentials, a token of Yandex belongs to a person",
        "mailru, device-code, Mail.ru has no device flow",
        "microsoft-us-dod, password, Microsoft takes no passwords for IMAP any more"
    })
    void aGrantThatCannotWorkIsRefusedWithTheReason(String provider, String grant, String reason) {
        assertThat(person(provider).account("grant", grant).problems())
                .filteredOn(problem -> problem.startsWith("grant: "))
                .singleElement()
                .asString()
                .startsWith("grant: " + grant + " does not work with " + provider + ": " + reason)
                .contains("use grant=", "checked on 2026-11-23");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yahoo", "aol", "fastmail", "yandex", "mailru"})
    void anAppPasswordWorksWhereNoClientIdIsToBeHad(String provider) {
        assertThat(Given.password().account("provider", provider).support().mechanisms())
                .containsExactly(Mechanism.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yandex", "mailru"})
    void aSecretIsMissedWhereTheServerWantsOne(String provider) {
        assertThat(person(provider).without("client-secret").problems())
                .singleElement()
                .asString()
                .startsWith("client-secret: missing. " + provider + " wants it");
    }

    @Test
    void mailRuWantsBasic() {
        assertThat(person("mailru").client().authentication()).isEqualTo(ClientAuthentication.BASIC);
    }

    @ParameterizedTest
    @CsvSource({"fastmail, https://www.fastmail.com/dev/protocol-smtp", "mailru, userinfo"})
    void aScopeThatImapDoesNotAcceptIsRefused(String provider, String scope) {
        assertThat(person(provider).account("scope", scope).problems())
                .singleElement()
                .asString()
                .startsWith("scope: must contain ");
    }

    @Test
    void everyFieldOfARowCanBeWrittenOver() {
        Account account = person("yandex")
                .account("token-endpoint", "https://oauth.yandex.ru/token")
                .account("client-authentication", "post")
                .account("scope", "mail:imap_ro")
                .account("host", "imap.yandex.ru")
                .account("security", "starttls")
                .account("smtp-host", "smtp.yandex.ru")
                .account("mechanism", "oauthbearer")
                .support();

        OAuthClient client = account.oauth().orElseThrow();
        assertThat(client.tokenEndpoint()).contains(URI.create("https://oauth.yandex.ru/token"));
        assertThat(client.authentication()).isEqualTo(ClientAuthentication.POST);
        assertThat(client.scope()).isEqualTo(List.of("mail:imap_ro"));
        assertThat(account.imap()).isEqualTo(new MailServer("imap.yandex.ru", 143, Security.STARTTLS));
        assertThat(account.smtp()).contains(new MailServer("smtp.yandex.ru", 465, Security.TLS));
        assertThat(account.mechanisms()).containsExactly(Mechanism.OAUTHBEARER);
    }

    private static Given person(String provider) {
        Given person = Given.google().account("provider", provider);
        return provider.equals("fastmail") ? person.without("client-secret") : person;
    }
}
