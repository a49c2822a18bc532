package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class OAuthProfileTest {
    @Test
    void aProfileFillsTheGapsOfTheAccount() {
        OAuthClient client = profiled().account("scope", "mail").client();

        assertThat(client.clientId()).isEqualTo("profile-client");
        assertThat(client.clientSecret()).contains(Secret.of("profile-secret"));
        assertThat(client.tokenEndpoint()).contains(URI.create("https://profile.example/token"));
        assertThat(client.scope()).containsExactly("mail");
    }

    @Test
    void aProfileThatIsNotThereIsRefusedOnce() {
        assertThat(profiled().account("oauth-profile", "azur").problems())
                .containsExactly("oauth-profile: there is no key camel.oauth.azur.* in the file (there are: azure);"
                        + " did you mean 'azure'?");
    }

    @Test
    void aProfileDoesNotChooseTheGrant() {
        assertThat(profiled().without("grant").problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("grant: missing.");
    }

    @Test
    void aProblemOfAProfileNamesTheProfilesKey() {
        assertThat(profiled()
                        .with("camel.oauth.azure.token-endpoint", "http://profile.example/")
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("camel.oauth.azure.token-endpoint: must begin with https://");
        assertThat(profiled().with("camel.oauth.azure.client-secret", "").problems())
                .containsExactly("camel.oauth.azure.client-secret: empty. Give it a value, or delete the line");
    }

    @Test
    void aKeyOfAProfileThatDidNotResolveIsNotCalledMissing() {
        Problem earlier = new Problem("camel.oauth.azure.client-secret", "{{env:X}} is not set");

        assertThat(Given.problems(profiled().source().withEarlier(List.of(earlier))))
                .containsExactly("camel.oauth.azure.client-secret: {{env:X}} is not set");
    }

    @Test
    void aProfileBesideAPasswordHasNoEffect() {
        assertThat(profiled().without("grant").account("password", "x").problems())
                .containsExactly("oauth-profile: has no effect with grant=password: delete the line");
    }

    private static Given profiled() {
        return Given.nothing()
                .account("user", "support@example.com")
                .account("host", "imap.example.com")
                .account("grant", "client-credentials")
                .account("oauth-profile", "azure")
                .with("camel.oauth.azure.client-id", "profile-client")
                .with("camel.oauth.azure.client-secret", "profile-secret")
                .with("camel.oauth.azure.token-endpoint", "https://profile.example/token")
                .with("camel.oauth.azure.scope", "everything")
                .with("camel.oauth.azure.cache-tokens", "false")
                .with("camel.oauth.azure.cached-tokens-default-expiry-seconds", "60")
                .with("camel.oauth.azure.something-new", "");
    }
}
