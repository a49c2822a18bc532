package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Secret;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer;
import io.mailroutes.testing.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DevicePollingTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final FakeAuthorizationServer server =
            new FakeAuthorizationServer(new SettableClock()).client("app", "s3cret", "joe@example.com");
    private final List<Long> waits = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    private Optional<TokenResponse> poll(Duration limit) throws InterruptedException {
        Accounts account = Accounts.at(server.tokenEndpoint());
        TokenEndpoint endpoint = new TokenEndpoint(
                "support", account.oauth(), new OAuthHttp(Optional.empty(), HttpLimits.DEFAULT), new SettableClock());
        DeviceAuthorization device = new DeviceAuthorization(
                new Grant.DeviceCode(Secret.of("unknown"), Optional.empty()),
                URI.create("https://login.example.com/device"),
                "CODE",
                Duration.ofMinutes(10),
                Duration.ofSeconds(5));
        return new DevicePolling("support", endpoint, wait -> waits.add(wait.toSeconds())).await(device, limit);
    }

    @Test
    void slowDownSlowsDownForGood() {
        server.device().first("authorization_pending", "slow_down", "authorization_pending", "expired_token");

        assertThatThrownBy(() -> poll(LIMIT)).isInstanceOf(PermanentOAuthException.class);
        assertThat(waits).containsExactly(5L, 5L, 10L, 10L);
    }

    @Test
    void aServerThatIsAwayIsAskedMoreSlowlyAndNotGivenUp() {
        server.nextToken(FakeAnswer.json(503, "{}")).nextToken(FakeAnswer.hangUp());

        assertThatThrownBy(() -> poll(LIMIT)).hasMessageContaining("bad_verification_code");
        assertThat(waits).containsExactly(5L, 10L, 20L);
    }

    @Test
    void theAskingEndsWithTheLimitOrTheCode() throws Exception {
        IntStream.range(0, 200).forEach(i -> server.device().first("authorization_pending"));

        assertThat(poll(Duration.ofSeconds(12))).isEmpty();
        assertThat(waits).hasSize(2);
        waits.clear();
        assertThat(poll(Duration.ofHours(1))).isEmpty();
        assertThat(waits).hasSize(120);
    }

    @Test
    void aWrongClientIsNotAskedAboutAgain() {
        server.nextToken(FakeAnswer.json(401, "{\"error\":\"invalid_client\"}"));

        assertThatThrownBy(() -> poll(LIMIT)).isInstanceOf(PermanentOAuthException.class);
        assertThat(waits).hasSize(1);
    }
}
