package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreKeyTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @ParameterizedTest
    @ValueSource(strings = {"", "CANARY", "Q0FOQVJZ", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8A"})
    void whatIsNotAKeyIsRefusedAndNotQuoted(String text) {
        assertThatThrownBy(() -> StoreKey.of(text, "MAILROUTES_STORE_KEY"))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("MAILROUTES_STORE_KEY must hold 32 random bytes")
                .hasMessageNotContaining("CANARY")
                .hasNoCause();
    }

    @Test
    void theNameOfAKeyIsNoneOfItsBytes() {
        assertThat(StoreKey.of(KEY, "the key").toString())
                .doesNotContain("000102")
                .doesNotContain("AAEC");
    }

    @Test
    void aKeyMadeHereIsLikeNoOther() {
        assertThat(StoreKey.random().id()).isNotEqualTo(StoreKey.random().id());
        StoreKey made = StoreKey.random();
        assertThat(StoreKey.of(made.base64(), "the key").id()).isEqualTo(made.id());
    }
}
