package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientAuthenticationTest {
    @Test
    void aSignatureNeedsAKey() {
        assertThat(Given.generic()
                        .account("client-authentication", "private-key-jwt")
                        .problems())
                .containsExactly(
                        "private-key-file: missing. client-authentication=private-key-jwt signs with it (or sends"
                                + " what is in assertion-file)");
    }

    @Test
    void anUnknownWayIsRefused() {
        assertThat(Given.generic()
                        .account("client-authentication", "client_secret_post")
                        .problems())
                .containsExactly("client-authentication: 'client_secret_post' is not one of auto, basic, post,"
                        + " none, private-key-jwt");
    }

    @Test
    void anApplicationWithoutASecretProvesNothing() {
        assertThat(Given.generic()
                        .without("client-secret")
                        .account("client-authentication", "none")
                        .problems())
                .containsExactly(
                        "client-authentication: none does not work with grant=client-credentials: the secret is"
                                + " all that it has");
    }

    @Test
    void aSecretThatMustNotBeSentIsRefused() {
        assertThat(Given.google().account("client-authentication", "none").problems())
                .containsExactly(
                        "client-authentication: none says that there is no secret, but there is a client-secret:"
                                + " delete one of the two");
    }

    @Test
    void aWayThatSendsASecretNeedsOne() {
        assertThat(refreshing().account("client-authentication", "post").problems())
                .containsExactly("client-secret: missing. client-authentication=post sends it");
    }

    @Test
    void googleWantsASecretUnlessTheClientHasNone() {
        assertThat(Given.google().without("client-secret").problems())
                .containsExactly(
                        "client-secret: missing. google wants it even from a desktop application; only a client"
                                + " that was registered without one has client-authentication=none");
        assertThat(Given.google()
                        .without("client-secret")
                        .account("client-authentication", "none")
                        .client()
                        .authentication())
                .isEqualTo(ClientAuthentication.NONE);
    }

    @Test
    void aClientWithoutASecretIsPublic() {
        OAuthClient client = refreshing().client();

        assertThat(client.authentication()).isEqualTo(ClientAuthentication.NONE);
        assertThat(client.clientSecret()).isEmpty();
    }

    @Test
    void theAccountsWayComesBeforeTheProviders() {
        assertThat(Given.microsoft()
                        .account("client-authentication", "basic")
                        .client()
                        .authentication())
                .isEqualTo(ClientAuthentication.BASIC);
        assertThat(Given.microsoft()
                        .account("client-authentication", "auto")
                        .client()
                        .authentication())
                .isEqualTo(ClientAuthentication.POST);
    }

    private static Given refreshing() {
        return Given.generic()
                .without("client-secret")
                .account("grant", "refresh-token")
                .account("refresh-token", "x");
    }
}
