package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTest {
    @ParameterizedTest
    @CsvSource({
        "joe@example.com, JOE@EXAMPLE.com",
        "joe@b\u00FCcher.example, Joe@xn--bcher-kva.example",
        "joe@B\u00DCCHER.example, joe@b\u00FCcher.example",
        "jo\u00E9@example.com, joe\u0301@example.com",
        "joe, Joe",
    })
    void theSameNameIsTheSame(String told, String expected) {
        assertThat(named(told).is(expected)).isTrue();
        assertThat(named(expected).is(told)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "joe@example.com, joe@example.org",
        "joe@example.com, joe@sub.example.com",
        "joe+x@example.com, joe@example.com",
        "j.oe@example.com, joe@example.com",
        "joe@b\u00FCcher.example, joe@bucher.example",
        "joe@example.com@evil.example, joe@example.com",
        "joe, joe@example.com",
    })
    void anotherNameIsAnother(String told, String expected) {
        assertThat(named(told).is(expected)).isFalse();
    }

    @Test
    void aShortNameSaysNothingAboutAnAddress() {
        assertThat(named("joe").comparedWith("joe@example.com")).isEmpty();
        assertThat(named("joe@example.com").comparedWith("joe")).isEmpty();
        assertThat(Identity.UNKNOWN.comparedWith("joe@example.com")).isEmpty();
    }

    private static Identity named(String name) {
        return new Identity(Optional.empty(), List.of(name));
    }
}
