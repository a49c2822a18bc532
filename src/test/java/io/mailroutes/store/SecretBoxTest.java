package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {
    private static final byte[] PLAIN = "CANARY".getBytes(UTF_8);

    private final SecretBox box = box('k');

    private static SecretBox box(char key) {
        byte[] bytes = String.valueOf(key).repeat(32).getBytes(UTF_8);
        return new SecretBox(StoreKey.of(Base64.getEncoder().encodeToString(bytes), "the key"));
    }

    @Test
    void whatIsSealedOpensForTheSameName() {
        assertThat(box.open("support", box.seal("support", PLAIN))).contains(PLAIN);
    }

    @Test
    void itOpensForNoOtherName() {
        assertThat(box.open("suppor", box.seal("support", PLAIN))).isEmpty();
    }

    @Test
    void itOpensWithNoOtherKey() {
        assertThat(box('x').open("support", box.seal("support", PLAIN))).isEmpty();
    }

    @Test
    void theSameIsNeverSealedAlikeTwice() {
        assertThat(box.seal("support", PLAIN)).isNotEqualTo(box.seal("support", PLAIN));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 28, 34})
    void whatIsCutShortDoesNotOpen(int length) {
        byte[] part = Arrays.copyOf(box.seal("support", PLAIN), length);

        assertThat(box.open("support", part)).isEmpty();
    }
}
