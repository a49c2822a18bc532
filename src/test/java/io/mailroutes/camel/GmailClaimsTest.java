package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GmailClaimsTest {
    private final GmailClaims claims = new GmailClaims();
    private final Signal signal = new Signal();

    @Test
    void aMailHasOneOwnerAtATime() {
        assertThat(claims.claim(7, "a", signal)).isTrue();
        assertThat(claims.claim(7, "a", signal)).isTrue();
        assertThat(claims.claim(7, "b", signal)).isFalse();
        assertThat(claims.claim(8, "b", signal)).isTrue();
        claims.release(7, "b");
        assertThat(claims.isClaimed(7)).as("it is not b's to release").isTrue();
        claims.release(7, "a");
        assertThat(claims.isClaimed(7)).isFalse();
        assertThat(claims.claim(7, "b", signal)).isTrue();
    }

    @Test
    void whoWasRefusedIsWokenAtTheEndAndNobodyElse() throws Exception {
        Signal other = new Signal();
        claims.claim(7, "a", other);
        claims.claim(7, "b", signal);
        assertThat(signal.await(Duration.ZERO)).isFalse();
        claims.release(7, "a");
        assertThat(signal.await(Duration.ZERO)).isTrue();
        assertThat(other.await(Duration.ZERO)).isFalse();
    }
}
