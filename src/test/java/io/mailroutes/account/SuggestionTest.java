package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> WORDS = List.of("host", "port", "client-id", "client-secret", "token-endpoint");

    @Test
    void swappedMissingAndAdditionalLettersAreSlips() {
        assertThat(Suggestion.of("hsot", WORDS)).contains("host");
        assertThat(Suggestion.of("hst", WORDS)).contains("host");
        assertThat(Suggestion.of("hosst", WORDS)).contains("host");
        assertThat(Suggestion.of("tokenendpoint", WORDS)).contains("token-endpoint");
    }

    @Test
    void otherSpellingsOfTheSameWordsAreTheNearest() {
        assertThat(Suggestion.of("CLIENT_SECRET", WORDS)).contains("client-secret");
        assertThat(Suggestion.of("clientSecret", WORDS)).contains("client-secret");
        assertThat(Suggestion.of("client secret", WORDS)).contains("client-secret");
    }

    @Test
    void anotherWordIsNoSlip() {
        assertThat(Suggestion.of("boat", WORDS)).isEmpty();
        assertThat(Suggestion.of("", WORDS)).isEmpty();
        assertThat(Suggestion.of("host", List.of())).isEmpty();
    }
}
