package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthservIdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*.",
                "*.com",
                "none",
                "none:",
                "mx.example.com;",
                "mx.*.example.com",
                "off, mx.example.com",
                "https://mx.example.com",
                "any:mx.example.com"
            })
    void whatIsNoNameOfAServerIsRefused(String text) {
        assertThat(Given.generic().account("authserv-id", text).problems())
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem).contains("authserv-id: ", "Authentication-Results"));
    }

    @Test
    void theAccountDecides() {
        assertThat(Given.google()
                        .account("authserv-id", "mx.example.com, *.example.net none:*.example.org")
                        .support()
                        .authservIds())
                .containsExactly("mx.example.com", "*.example.net", "none:*.example.org");
        assertThat(Given.google().account("authserv-id", "off").support().authservIds())
                .isEmpty();
    }

    @Test
    void theProviderDecidesOtherwise() {
        assertThat(Given.google().support().authservIds()).containsExactly("mx.google.com");
    }

    @Test
    void ofAnUnknownServerNothingIsBelieved() {
        assertThat(Given.generic().support().authservIds()).isEmpty();
    }
}
