package io.mailroutes.camel.webhook;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthoritiesTest {
    @TempDir
    Path directory;

    @Test
    void aFileThatHoldsNoAuthorityIsRefusedInWords() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        assertThatThrownBy(() -> Authorities.trusting(Optional.of(empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mail-webhook-sink: caFile: ");
        assertThatThrownBy(() -> Authorities.trusting(Optional.of(directory.resolve("none"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
