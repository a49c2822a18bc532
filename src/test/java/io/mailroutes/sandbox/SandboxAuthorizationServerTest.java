package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.Secret;
import io.mailroutes.testing.SettableClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxAuthorizationServerTest {
    private static final String USER = "support@example.com";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final SandboxClient BASIC = new SandboxClient(
            "basic", Secret.of("s:e%c"), ClientAuthentication.BASIC, GrantType.CLIENT_CREDENTIALS, USER);
    private static final SandboxClient POST = new SandboxClient(
            "post", Secret.of("secret"), ClientAuthentication.POST, GrantType.CLIENT_CREDENTIALS, USER);
    private static final SandboxClient REFRESH =
            new SandboxClient("refresh", Secret.of("secret"), ClientAuthentication.POST, GrantType.REFRESH_TOKEN, USER);
    private static final SandboxClient OTHER = new SandboxClient(
            "other", Secret.of("secret"), ClientAuthentication.POST, GrantType.REFRESH_TOKEN, "other@example.com");

    private final SettableClock clock = new SettableClock();
    private final HttpClient http = HttpClient.newHttpClient();
    private SandboxAuthorizationServer server;

    @BeforeEach
    void start() {
        server = new SandboxAuthorizationServer(clock);
        server.register(BASIC);
        server.register(POST);
        server.register(REFRESH);
        server.register(OTHER);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private record Answer(int status, JsonNode body) {
        String text(String member) {
            return body.path(member).asText();
        }
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), new ObjectMapper().readTree(response.body()));
    }

    private HttpRequest.Builder form(String form) {
        return HttpRequest.newBuilder(server.endpoint())
                .header("Content-Type", FORM)
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private Answer post(String form) throws IOException, InterruptedException {
        return send(form(form));
    }

    private Answer basic(String id, String secret) throws IOException, InterruptedException {
        String pair = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8));
        return send(form("grant_type=client_credentials").header("Authorization", "Basic " + pair));
    }

    private Answer refresh(String clientId, String token) throws IOException, InterruptedException {
        return post("grant_type=refresh_token&client_id=" + clientId + "&client_secret=secret&refresh_token=" + token);
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.text("error")).isEqualTo(error);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().has("access_token")).isFalse();
    }

    @Test
    void discoveryNamesTheIssuerAndTheTokenEndpoint() throws Exception {
        Answer answer = send(HttpRequest.newBuilder(server.issuer().resolve("/.well-known/openid-configuration")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("issuer")).isEqualTo(server.issuer().toString());
        assertThat(answer.text("token_endpoint")).isEqualTo(server.endpoint().toString());
    }

    @Test
    void aTokenByBasicOpensTheMailboxForSixtySeconds() throws Exception {
        Answer answer = basic("basic", "s%3Ae%25c");

        assertThat(answer.text("token_type")).isEqualTo("Bearer");
        assertThat(answer.body().path("expires_in").asInt()).isEqualTo(60);
        assertThat(answer.body().has("refresh_token")).isFalse();
        String token = answer.text("access_token");
        clock.advance(Duration.ofSeconds(59));
        assertThat(server.userOf(token)).contains(USER);
        clock.advance(Duration.ofSeconds(1));
        assertThat(server.userOf(token)).isEmpty();
    }

    @Test
    void severalTokensLiveAtOnce() throws Exception {
        String form = "grant_type=client_credentials&client_id=post&client_secret=secret";
        String first = post(form).text("access_token");
        String second = post(form).text("access_token");

        assertThat(first).isNotEqualTo(second);
        assertThat(server.userOf(first)).contains(USER);
        assertThat(server.userOf(second)).contains(USER);
    }

    @Test
    void anUnknownTokenOpensNothing() {
        assertThat(server.userOf("guessed")).isEmpty();
        assertThat(server.userOf("")).isEmpty();
    }

    @Test
    void aRefreshTokenIsReplacedAtEachUse() throws Exception {
        Answer first = refresh("refresh", server.newRefreshToken(REFRESH));
        Answer second = refresh("refresh", first.text("refresh_token"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
        assertThat(server.userOf(second.text("access_token"))).contains(USER);
    }

    @Test
    void aSpentRefreshTokenIsRefusedAndTakesItsFamilyWithIt() throws Exception {
        String given = server.newRefreshToken(REFRESH);
        Answer first = refresh("refresh", given);

        assertRefused(refresh("refresh", given), 400, "invalid_grant");
        assertRefused(refresh("refresh", first.text("refresh_token")), 400, "invalid_grant");
        assertThat(server.userOf(first.text("access_token"))).isEmpty();
    }

    @Test
    void theReuseOfOneFamilyLeavesAnotherAlone() throws Exception {
        String given = server.newRefreshToken(REFRESH);
        refresh("refresh", given);
        refresh("refresh", given);

        assertThat(refresh("refresh", server.newRefreshToken(REFRESH)).status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenOfAnotherClientIsRefusedAndStaysGood() throws Exception {
        String given = server.newRefreshToken(REFRESH);

        assertRefused(refresh("other", given), 400, "invalid_grant");
        assertThat(refresh("refresh", given).status()).isEqualTo(200);
    }

    @Test
    void wrongClientsAreRefused() throws Exception {
        assertRefused(basic("basic", "wrong"), 401, "invalid_client");
        assertRefused(basic("nobody", "secret"), 401, "invalid_client");
        assertRefused(basic("post", "secret"), 401, "invalid_client");
        assertRefused(post("grant_type=client_credentials"), 401, "invalid_client");
        assertRefused(
                post("grant_type=client_credentials&client_id=basic&client_secret=s%3Ae%25c"), 401, "invalid_client");
        assertRefused(
                send(form("grant_type=client_credentials").header("Authorization", "Basic ***")),
                401,
                "invalid_client");
        assertRefused(
                send(form("grant_type=client_credentials").header("Authorization", "Bearer x")), 401, "invalid_client");
    }

    @Test
    void oneClientMayNotUseAnothersGrant() throws Exception {
        assertRefused(
                post("grant_type=client_credentials&client_id=refresh&client_secret=secret"),
                400,
                "unauthorized_client");
        assertRefused(refresh("post", "any"), 400, "unauthorized_client");
        assertRefused(post("grant_type=password&client_id=post&client_secret=secret"), 400, "unsupported_grant_type");
    }

    @Test
    void sloppyRequestsAreRefused() throws Exception {
        String good = "grant_type=client_credentials&client_id=post&client_secret=secret";
        assertRefused(post("client_id=post&client_secret=secret"), 400, "invalid_request");
        assertRefused(post(good + "&client_id=post"), 400, "invalid_request");
        assertRefused(post(good + "&scope=%zz"), 400, "invalid_request");
        assertRefused(send(form(good).header("Authorization", "Basic cG9zdDpzZWNyZXQ=")), 400, "invalid_request");
        assertRefused(post(good + "&padding=" + "x".repeat(16 * 1024)), 413, "invalid_request");
        assertRefused(
                send(HttpRequest.newBuilder(server.endpoint())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))),
                400,
                "invalid_request");
        assertRefused(send(HttpRequest.newBuilder(server.endpoint())), 405, "invalid_request");
    }
}
