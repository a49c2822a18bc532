package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.OAuthBehaviour.Rotation;
import io.mailroutes.testing.FakeAuthorizationServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of eight threads each share an account whose tokens live 5 seconds, on a server that revokes everything
 * when a refresh token comes twice. Shorter: {@code -Dmailroutes.token.seconds=20}.
 */
@Timeout(300)
class ManyProcessesIT {
    private static final int SECONDS = Integer.getInteger("mailroutes.token.seconds", 60);
    private static final Duration LIFE = Duration.ofSeconds(5);

    @Test
    void noRefreshTokenIsSentTwiceAndEveryAskGetsALiveToken(@TempDir Path directory) throws Exception {
        try (TokenWorld world = new TokenWorld(directory, Rotation.REPLAY_REVOKES)) {
            FakeAuthorizationServer server = world.server().tokenLife(LIFE);
            List<String> lines = new ArrayList<>();
            try (TokenWorld.Running one = world.start(0, "threads", SECONDS);
                    TokenWorld.Running other = world.start(0, "threads", SECONDS)) {
                for (TokenWorld.Running process : List.of(one, other)) {
                    assertThat(process.process().waitFor(SECONDS + 60L, TimeUnit.SECONDS))
                            .isTrue();
                    lines.addAll(process.lines());
                }
            }
            assertThat(lines).noneMatch(line -> line.startsWith("FAILED"));
            long asks = lines.stream()
                    .filter(line -> line.startsWith("ASKS "))
                    .mapToLong(line -> Long.parseLong(line.substring(5)))
                    .sum();
            lines.stream().filter(line -> line.startsWith("USED ")).forEach(line -> assertLive(server, line));

            int requests = server.tokenRequests();
            double lifetimes = (double) SECONDS / LIFE.toSeconds();
            System.out.printf(
                    "ManyProcessesIT: 2 processes, 8 threads each, %d s: %d asks, %d token requests in %.0f lifetimes,"
                            + " %d refresh tokens sent twice%n",
                    SECONDS, asks, requests, lifetimes, server.refreshTokenReuses());
            assertThat(server.refreshTokenReuses()).isZero();
            assertThat(requests).isBetween((int) (lifetimes * 0.9), (int) (1.25 * lifetimes + 1));
            assertThat(asks).isGreaterThan(16L * SECONDS);
        }
    }

    /** At the time of the ask, the token that was handed out had not ended. */
    private static void assertLive(FakeAuthorizationServer server, String line) {
        String[] words = line.split(" ");
        assertThat(server.grants()
                        .expiresAt(words[1])
                        .map(end -> end.isAfter(Instant.ofEpochMilli(Long.parseLong(words[2])))))
                .as("known to the server, and not over")
                .contains(true);
    }
}
