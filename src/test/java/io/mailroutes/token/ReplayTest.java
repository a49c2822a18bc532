package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.Account;
import io.mailroutes.testing.Accounts;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {
    /** What is not known is taken for the worst, and a row does not speak of another server than its own. */
    @ParameterizedTest
    @CsvSource({
        "google,    https://oauth2.googleapis.com/token,                                HARMLESS",
        "microsoft, https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token, HARMLESS",
        "yandex,    https://oauth.yandex.com/token,                                     REFUSED",
        "fastmail,  https://api.fastmail.com/oauth/refresh,                             REVOKES",
        "mailru,    https://oauth.mail.ru/token,                                        REVOKES",
        "generic,   https://login.example.com/token,                                    REVOKES",
        "google,    https://login.example.com/token,                                    REVOKES"
    })
    void theProvidersRowDecides(String provider, URI endpoint, Replay expected) {
        Accounts accounts = Accounts.at(endpoint).refreshToken("rt-1");
        Account base = accounts.account();
        Account account = new Account(
                base.name(),
                provider,
                base.user(),
                base.loginUser(),
                base.grant(),
                base.oauth(),
                base.password(),
                base.imap(),
                base.smtp(),
                base.mechanisms(),
                base.caFile(),
                base.command());
        assertThat(Replay.of(account, accounts.oauth())).isEqualTo(expected);
    }
}
