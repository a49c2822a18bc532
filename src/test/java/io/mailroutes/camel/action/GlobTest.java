package io.mailroutes.camel.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "abc,abc",
                "abc,ABC",
                "STRASSE,strasse",
                "*,''",
                "*,anything",
                "a*,a",
                "a*,abc",
                "*c,abc",
                "a*c,ac",
                "a*b*c,a-b-b-c",
                "*b*,abc",
                "**,x",
                "a**c,abc",
                "application/*,application/pdf",
                "a.c,a.c",
                "[a-c]+,[A-C]+"
            })
    void itMatches(String pattern, String text) {
        assertThat(new Glob(pattern).matches(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "abc,abcd",
        "abc,xabc",
        "a*,ba",
        "*c,cd",
        "aba*ba,aba",
        "a*b*c,acb",
        "*ab*ab*,ab",
        "a.c,abc",
        "a?c,abc",
        "'',x",
        "a*a,a"
    })
    void itDoesNotMatch(String pattern, String text) {
        assertThat(new Glob(pattern).matches(text)).isFalse();
    }

    @Test
    void withoutAStarItIsLookedForAnywhereAndWithOneItIsAll() {
        assertThat(new Glob("invoice").isIn("Your INVOICE 7")).isTrue();
        assertThat(new Glob("invoice*").isIn("Your invoice 7")).isFalse();
        assertThat(new Glob("*invoice*").isIn("Your invoice 7")).isTrue();
    }

    @Test
    void noTextMakesItSlow() {
        String text = "a".repeat(100_000) + "b";
        Glob glob = new Glob("*a*a*a*a*a*a*a*a*a*a*a*a*c");
        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> assertThat(glob.matches(text)).isFalse());
    }
}
