package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Secret;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredTokensFormatTest {
    private static final int EMPTY_HISTORY_BYTES = 4;

    private final StoredTokens tokens =
            new StoredTokens(Optional.empty(), Optional.of(Secret.of("refresh")), "seed", "request", TokenHistory.NONE);

    @Test
    void whatTheFirstVersionWroteIsStillRead() throws IOException {
        byte[] now = StoredTokensFormat.write(tokens);
        byte[] first = Arrays.copyOf(now, now.length - EMPTY_HISTORY_BYTES);
        first[0] = 1;

        assertThat(StoredTokensFormat.read(first)).isEqualTo(tokens);
    }

    @Test
    void whatALaterVersionWroteIsRefused() {
        byte[] later = StoredTokensFormat.write(tokens);
        later[0] = 3;

        assertThatThrownBy(() -> StoredTokensFormat.read(later))
                .isInstanceOf(IOException.class)
                .hasMessage("they are in format 3, this version of Mailroutes knows 2");
    }
}
