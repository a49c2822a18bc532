package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.MemoryTokenStore;
import io.mailroutes.testing.SettableClock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PasswordTokenSourceTest {
    private final MemoryTokenStore store = new MemoryTokenStore();
    private final TokenSource source = new PasswordTokenSource(
            "support", Secret.of("CANARY"), new Standing(Accounts.password("x"), store, new SettableClock()));

    @Test
    void thePasswordNeverExpires() {
        assertThat(source.token().expiresAt()).isEqualTo(Instant.MAX);
        assertThat(source.cached()).contains(source.token());
    }

    @Test
    void aRejectedPasswordIsNeverTriedAgain() {
        source.reject(source.token());

        assertThat(source.cached()).isEmpty();
        assertThatThrownBy(source::token)
                .isInstanceOf(NeedsLoginException.class)
                .hasMessageContaining("mailroutes.accounts.support.password")
                .hasMessageNotContaining("CANARY");
        assertThat(store.of("support").refusal().orElseThrow().reason())
                .contains("does not accept the password")
                .doesNotContain("CANARY");
    }

    @Test
    void theRejectionOfSomethingElseHasNoEffect() {
        source.reject(new AccessToken(Secret.of("other"), Instant.EPOCH, Instant.MAX, Optional.empty()));

        assertThat(source.token()).isNotNull();
    }

    @Test
    void aRefusalIsToldInItsOwnWords() {
        source.refused("the mailbox is locked");

        assertThatThrownBy(source::token)
                .isInstanceOf(NeedsLoginException.class)
                .hasMessage("the mailbox is locked");
    }
}
