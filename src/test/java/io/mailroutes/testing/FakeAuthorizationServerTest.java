package io.mailroutes.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeAuthorizationServerTest {
    private final SettableClock clock = new SettableClock();
    private final FakeAuthorizationServer server =
            new FakeAuthorizationServer(clock).client("app", "s3cret", "joe@example.com");
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aClientWithTheRightSecretGetsATokenThatIntrospectionKnowsUntilItExpires() throws Exception {
        String token = token("grant_type=client_credentials&client_id=app&client_secret=s3cret")
                .get("access_token")
                .asText();

        assertThat(introspect("?token=" + token).get("username").asText()).isEqualTo("joe@example.com");
        clock.advance(Duration.ofHours(1));
        assertThat(introspect("?token=" + token).get("active").asBoolean()).isFalse();
    }

    @Test
    void aWrongSecretIsRefused() throws Exception {
        assertThat(token("grant_type=client_credentials&client_id=app&client_secret=guess")
                        .get("error")
                        .asText())
                .isEqualTo("invalid_client");
    }

    @Test
    void aSpentRefreshTokenKillsItsFamily() throws Exception {
        String first = server.newRefreshToken("app");
        JsonNode answer = refresh(first);
        assertThat(refresh(first).get("error").asText()).isEqualTo("invalid_grant");

        assertThat(refresh(answer.get("refresh_token").asText()).get("error").asText())
                .isEqualTo("invalid_grant");
        assertThat(server.isLive(answer.get("access_token").asText())).isFalse();
        assertThat(server.refreshTokenReuses()).isEqualTo(1);
    }

    private JsonNode refresh(String token) throws Exception {
        return token("grant_type=refresh_token&client_id=app&client_secret=s3cret&refresh_token=" + token);
    }

    private JsonNode token(String form) throws Exception {
        return json(HttpRequest.newBuilder(server.tokenEndpoint())
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    private JsonNode introspect(String query) throws Exception {
        return json(HttpRequest.newBuilder(URI.create(server.introspectionEndpoint() + query))
                .build());
    }

    private JsonNode json(HttpRequest request) throws Exception {
        return new ObjectMapper()
                .readTree(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
