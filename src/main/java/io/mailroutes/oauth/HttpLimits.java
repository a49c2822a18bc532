package io.mailroutes.oauth;

import java.time.Duration;

/**
 * How long and how much one exchange with an authorization server may take.
 *
 * @param connect time to reach the server
 * @param total time for the whole exchange, the last byte of the answer included
 * @param bodyBytes the largest answer; a longer one is cut off and refused
 */
public record HttpLimits(Duration connect, Duration total, int bodyBytes) {
    /** 5 s to connect, 15 s in all, 256 KiB: token answers are a few KiB, discovery documents some tens. */
    public static final HttpLimits DEFAULT = new HttpLimits(Duration.ofSeconds(5), Duration.ofSeconds(15), 256 * 1024);
}
