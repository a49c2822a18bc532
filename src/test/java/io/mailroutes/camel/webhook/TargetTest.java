package io.mailroutes.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "https://h.example, https://h.example, /",
        "https://h.example:8443/a%20b/c?t=canary&u=1, https://h.example:8443, /a%20b/c?t=canary&u=1",
        "https://h.example?t=1, https://h.example, /?t=1",
        "HTTPS://h.example/x, https://h.example, /x",
        "https://h.example/ä, https://h.example, /%C3%A4",
        "http://127.0.0.1:8080/x, http://127.0.0.1:8080, /x",
        "http://[::1]/x, http://[::1], /x"
    })
    void theOriginIsApartFromWhatMayBeSecret(String url, String origin, String requestTarget) {
        Target target = Target.of(url, false);
        assertThat(target.origin()).hasToString(origin);
        assertThat(target.requestTarget()).isEqualTo(requestTarget);
        assertThat(target).hasToString(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary",
                "ftp://h.example/canary",
                "file:///etc/canary",
                "https:///canary",
                "https:canary",
                "https://joe:canary@h.example/",
                "https://h.example/#canary",
                "https://h.example/${header.canary}",
                "https://h.example/canary\r\nX: y",
                "https://h.example/can ary",
                "http://h.example/canary",
                "http://127.0.0.1.evil.example/canary"
            })
    void anyOtherIsRefusedInWordsThatShowNothingOfIt(String url) {
        assertThatThrownBy(() -> Target.of(url, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageStartingWith("mail-webhook-sink: url ")
                .message()
                .doesNotContain("canary");
    }

    @Test
    void httpToAnotherMachineIsForWhoAsksForIt() {
        assertThat(Target.of("http://h.example/x", true).isReadableOnTheWay()).isTrue();
        assertThat(Target.of("https://h.example/x", true).isReadableOnTheWay()).isFalse();
        assertThat(Target.of("http://localhost/x", true).isReadableOnTheWay()).isFalse();
    }
}
