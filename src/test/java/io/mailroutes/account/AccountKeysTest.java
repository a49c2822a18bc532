package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountKeysTest {
    @ParameterizedTest
    @CsvSource({
        "clientId, client-id",
        "client_secret, client-secret",
        "Client-Id, client-id",
        "clinet-id, client-id",
        "tokenEndpoint, token-endpoint",
        "token_endpiont, token-endpoint",
        "usr, user",
        "username, user",
        "email, user",
        "imapHost, host",
        "tenantId, tenant",
        "token-uri, token-endpoint",
        "scopes, scope",
        "grant_type, grant",
        "smtpPort, smtp-port",
        "authorization_parameters.prompt, authorization-parameters.prompt",
        "tokenParameters.x, token-parameters.x",
    })
    void aMisspeltKeyIsRefusedWithTheRightOne(String written, String meant) {
        assertThat(Given.generic().account(written, "x").problems())
                .contains(written + ": unknown key; did you mean 'mailroutes.accounts.support." + meant + "'?");
    }

    @Test
    void aKeyThatResemblesNothingIsRefusedWithoutAGuess() {
        assertThat(Given.generic().account("colour", "red").problems()).containsExactly("colour: unknown key");
        assertThat(Given.generic().account("token-parameters.", "red").problems())
                .containsExactly("token-parameters.: unknown key");
    }

    @Test
    void theKeyThatWasMisspeltIsNotAlsoCalledMissing() {
        assertThat(Given.generic().without("client-id").account("clientId", "x").problems())
                .containsExactly("clientId: unknown key; did you mean 'mailroutes.accounts.support.client-id'?");
    }

    @Test
    void theValueOfAnUnknownKeyIsNotShown() {
        assertThat(Given.generic().account("passwrd", "canary-password").problems())
                .hasSize(1)
                .allSatisfy(text -> assertThat(text).doesNotContain("canary"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void anEmptyValueIsRefusedAndNotAlsoCalledMissing(String empty) {
        assertThat(Given.generic().account("client-secret", empty).problems())
                .containsExactly("client-secret: empty. Give it a value, or delete the line");
        assertThat(Given.generic().account("tenant", empty).problems())
                .containsExactly("tenant: empty. Give it a value, or delete the line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "client-secret", "client-id", "scope", "token-parameters.x", "host"})
    void aLineBreakInAValueIsRefusedWithoutShowingIt(String key) {
        assertThat(Given.generic().account(key, "canary\r\nA1 LOGOUT").problems())
                .containsExactly(key + ": contains a control character, such as a line break or a tab");
    }

    @Test
    void blanksAroundAValueAreNotPartOfItButThoseOfAPasswordAre() {
        assertThat(Given.generic().account("client-secret", " s ").client().clientSecret())
                .contains(Secret.of("s"));
        assertThat(Given.generic()
                        .account("host", " imap.example.com ")
                        .support()
                        .imap()
                        .host())
                .isEqualTo("imap.example.com");
        assertThat(Given.password().account("password", " p ").support().password())
                .contains(Secret.of(" p "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Support <support@example.com>", "a@example.com, b@example.com", "two words", "\"quoted\"", "a;b"
            })
    void whatIsNotOneLoginNameIsRefused(String user) {
        assertThat(Given.generic().account("user", user).problems())
                .containsExactly("user: '" + user + "' is not a login name: give one name, such as support@example.com,"
                        + " and nothing around it");
    }

    @Test
    void aLoginNameNeedNotBeAnAddressOnAServerOfOnesOwn() {
        assertThat(Given.generic().account("user", "DOMAIN\\bob").support().user())
                .isEqualTo("DOMAIN\\bob");
    }

    @Test
    void largeProvidersKnowMailboxesByAddressOnly() {
        assertThat(Given.google().account("user", "support").problems())
                .containsExactly("user: 'support' is not a mail address, and google knows mailboxes by their address");
        assertThat(Given.microsoft().account("user", "jane@contoso.com\\shared").problems())
                .containsExactly("user: 'jane@contoso.com\\shared' names two mailboxes: give the address of the mailbox"
                        + " to read as user, and the address of the person who signs in as login-user");
        assertThat(Given.google().account("login-user", "a@b@c").problems())
                .containsExactly(
                        "login-user: 'a@b@c' is not a mail address, and google knows mailboxes by their address");
    }
}
