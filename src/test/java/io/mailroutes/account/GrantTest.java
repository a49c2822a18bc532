package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {
    private static final String GOOGLE =
            " (see https://developers.google.com/gmail/imap/xoauth2-protocol, checked on 2026-11-23)";

    @Test
    void clientCredentialsAreNeverAssumed() {
        assertThat(Given.generic().without("grant").problems())
                .containsExactly(
                        "grant: missing. Say how this account logs in: authorization-code (with client-id; a person consents in a browser),"
                                + " device-code (with client-id; a person consents on another device),"
                                + " client-credentials (with client-id and client-secret),"
                                + " refresh-token (with client-id and refresh-token),"
                                + " service-account (with service-account-file),"
                                + " command (with command),"
                                + " password (with password)");
    }

    @Test
    void aMissingGrantIsNotAnsweredWithWhatTheProviderRefuses() {
        assertThat(Given.microsoft().without("grant").problems())
                .containsExactly(
                        "grant: missing. Say how this account logs in: authorization-code (with client-id; a person consents in a browser),"
                                + " device-code (with client-id; a person consents on another device),"
                                + " client-credentials (with client-id and client-secret),"
                                + " refresh-token (with client-id and refresh-token),"
                                + " command (with command)");
        assertThat(Given.google().without("grant").without("refresh-token").problems())
                .containsExactly(
                        "grant: missing. Say how this account logs in: authorization-code (with client-id; a person consents in a browser),"
                                + " refresh-token (with client-id and refresh-token),"
                                + " service-account (with service-account-file),"
                                + " command (with command),"
                                + " password (with password)");
    }

    @Test
    void aRefreshTokenOrAPasswordTellsTheGrant() {
        assertThat(Given.google().without("grant").support().grant()).isEqualTo(GrantType.REFRESH_TOKEN);
        assertThat(Given.password().support().grant()).isEqualTo(GrantType.PASSWORD);
    }

    @Test
    void aRefreshTokenAndAPasswordTellNothing() {
        assertThat(Given.google().without("grant").account("password", "x").problems())
                .containsExactly(
                        "grant: missing. There is a password and a refresh-token: say which of the two to use");
    }

    @ParameterizedTest
    @CsvSource({
        "client_credentials, client-credentials",
        "refreshToken, refresh-token",
        "pasword, password",
    })
    void aMisspeltGrantIsRefusedWithTheRightOne(String written, String meant) {
        assertThat(Given.generic().account("grant", written).problems())
                .containsExactly("grant: '" + written + "' is not one of authorization-code, device-code,"
                        + " client-credentials, refresh-token, service-account, command, password;"
                        + " did you mean '" + meant + "'?");
    }

    @Test
    void googleGivesAnApplicationAloneNoMail() {
        assertThat(Given.google().account("grant", "client-credentials").problems())
                .containsExactly(
                        "grant: client-credentials does not work with google: Google gives an application alone"
                                + " no access to mail. A Workspace mailbox is reached by a service account with domain-wide"
                                + " delegation (grant=service-account); for other mailboxes use grant=refresh-token"
                                + GOOGLE);
    }

    @Test
    void googlesDeviceFlowRefusesMail() {
        assertThat(Given.google().account("grant", "device-code").problems())
                .containsExactly("grant: device-code does not work with google: Google's device flow refuses the mail"
                        + " scope (\"Invalid device flow scope\"). Consent in a browser instead, on this machine or"
                        + " through an SSH tunnel, or paste the redirect URL (grant=authorization-code)" + GOOGLE);
    }

    @Test
    void microsoftTakesNoPasswords() {
        List<String> problems = Given.microsoft().account("grant", "password").problems();

        assertThat(problems).hasSize(1).first().asString().startsWith("grant: password does not work with microsoft:");
    }

    @Test
    void googleStillTakesAppPasswords() {
        Account account = Given.password().account("provider", "google").support();

        assertThat(account.mechanisms()).containsExactly(Mechanism.PLAIN);
        assertThat(account.oauth()).isEmpty();
    }

    @Test
    void aGrantWithoutItsKeysSaysWhichAreMissing() {
        Given bare = Given.nothing()
                .account("user", "u")
                .account("host", "h")
                .account("token-endpoint", "https://a.example/t");

        assertThat(bare.account("grant", "client-credentials").problems())
                .containsExactly(
                        "client-id: missing. It is what the authorization server called this application when it was"
                                + " registered",
                        "client-secret: missing. grant=client-credentials proves the application by its secret, or by"
                                + " private-key-file or assertion-file");
        assertThat(bare.account("grant", "refresh-token").problems())
                .containsExactly(
                        "client-id: missing. It is what the authorization server called this application when it was"
                                + " registered",
                        "refresh-token: missing. grant=refresh-token starts from one: {{env:NAME}} or {{file:PATH}}");
        assertThat(bare.without("token-endpoint").account("grant", "password").problems())
                .containsExactly("password: missing. grant=password logs in with it: {{env:NAME}} or {{file:PATH}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"client-id", "client-secret", "scope", "issuer", "token-parameters.x", "audience", "login-user"})
    void anOAuthKeyBesideAPasswordHasNoEffectAndIsRefused(String key) {
        assertThat(Given.password().account(key, "x").problems())
                .containsExactly(key + ": has no effect with grant=password: delete the line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "refresh-token", "login-user"})
    void aKeyOfAnotherGrantIsRefused(String key) {
        assertThat(Given.generic().account(key, "canary").problems())
                .containsExactly(key + ": has no effect with grant=client-credentials: delete the line");
    }

    @Test
    void aTokenNeverTravelsAsAPassword() {
        assertThat(Given.generic().account("mechanism", "plain").problems())
                .containsExactly("mechanism: plain would send the access token as a password: with"
                        + " grant=client-credentials use auto, xoauth2 or oauthbearer");
    }

    @Test
    void aPasswordTravelsAsNothingElse() {
        assertThat(Given.password().account("mechanism", "xoauth2").problems())
                .containsExactly("mechanism: xoauth2 carries a token, and grant=password has none: use plain or auto");
        assertThat(Given.password().account("mechanism", "plain").support().mechanisms())
                .containsExactly(Mechanism.PLAIN);
    }

    @Test
    void aMechanismCanBeChosenAgainstTheProvidersOrder() {
        assertThat(Given.google().account("mechanism", "oauthbearer").support().mechanisms())
                .containsExactly(Mechanism.OAUTHBEARER);
        assertThat(Given.generic().account("mechanism", "XOAUTH2").problems())
                .containsExactly("mechanism: 'XOAUTH2' is not one of auto, xoauth2, oauthbearer, plain;"
                        + " did you mean 'xoauth2'?");
    }
}
