package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    @Test
    void everyProblemIsToldAtOnceOnANumberedLine() {
        Given broken = Given.generic().without("user").without("host").account("port", "0");

        assertThatThrownBy(broken::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("""
                        The configuration has 3 problems:
                           1. mailroutes.accounts.support.user: missing. It is the mailbox, as its server knows it, such as support@example.com
                           2. mailroutes.accounts.support.host: missing. It is the IMAP server, such as imap.example.com
                           3. mailroutes.accounts.support.port: '0' is not a port: a number from 1 to 65535""");
    }

    @Test
    void oneProblemIsNotCalledProblems() {
        assertThatThrownBy(Given.generic().account("port", "x")::read)
                .hasMessageStartingWith(
                        "The configuration has a problem:\n   1. mailroutes.accounts.support.port: 'x'");
    }

    @Test
    void aProblemOfSeveralLinesStaysUnderItsNumber() {
        ConfigurationException exception = new ConfigurationException(List.of(new Problem("a.key", "first\nsecond")));

        assertThat(exception).hasMessage("The configuration has a problem:\n   1. a.key: first\n      second");
    }

    @Test
    void problemsOfDifferentAccountsAreToldTogether() {
        Given broken = Given.generic()
                .without("user")
                .with("mailroutes.accounts.other.user", "other@example.com")
                .with("mailroutes.accounts.other.password", "x");

        assertThat(broken.problems())
                .hasSize(2)
                .anySatisfy(text -> assertThat(text).startsWith("user: missing."))
                .anySatisfy(text -> assertThat(text).startsWith("mailroutes.accounts.other.host: missing."));
    }

    @Test
    void keysOfOthersAreIgnored() {
        Given given = Given.nothing()
                .with("webhook.url", "http://example.com")
                .with("camel.main.name", "x")
                .with("camel.oauth.azure.client-id", "x")
                .with("mailroutesX.accounts.a.b", "");

        assertThat(given.read().accounts()).isEmpty();
    }

    @Test
    void accountsKeepTheOrderOfTheFile() {
        Given given = Given.nothing();
        for (String name : List.of("zeta", "alpha", "mid")) {
            given.with("mailroutes.accounts." + name + ".user", "u")
                    .with("mailroutes.accounts." + name + ".password", "p")
                    .with("mailroutes.accounts." + name + ".host", "h");
        }

        assertThat(given.read().accounts().keySet()).containsExactly("zeta", "alpha", "mid");
    }

    @Test
    void anEarlierProblemAloneIsAProblemAndComesFirst() {
        Problem earlier = new Problem("webhook.url", "{{env:WEBHOOK}} is not set");

        assertThat(Given.problems(Given.generic().without("user").source().withEarlier(List.of(earlier))))
                .hasSize(2)
                .first()
                .isEqualTo("webhook.url: {{env:WEBHOOK}} is not set");
        assertThatThrownBy(() -> Configuration.read(Map.of(), Path.of(""), List.of(earlier)))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void aKeyThatDidNotResolveIsNotCalledMissing() {
        for (String key : List.of("user", "grant", "client-id", "client-secret", "token-endpoint", "host")) {
            Problem earlier = new Problem("mailroutes.accounts.support." + key, "{{env:X}} is not set");

            assertThat(Given.problems(Given.generic().without(key).source().withEarlier(List.of(earlier))))
                    .as(key)
                    .containsExactly(key + ": {{env:X}} is not set");
        }
    }

    @Test
    void theRawTextOfAKeyThatDidNotResolveIsNotLookedAt() {
        Problem earlier = new Problem("mailroutes.accounts.support.port", "{{env:PORT}} is not set");
        ConfigurationSource source =
                Given.generic().account("port", "{{env:PORT}}").source().withEarlier(List.of(earlier));

        assertThat(Given.problems(source)).containsExactly("port: {{env:PORT}} is not set");
    }

    @Test
    void aRefreshTokenThatDidNotResolveStillTellsTheGrant() {
        Problem earlier = new Problem("mailroutes.accounts.support.refresh-token", "{{file:x}} is missing");
        ConfigurationSource source = Given.google()
                .without("grant")
                .without("refresh-token")
                .source()
                .withEarlier(List.of(earlier));

        assertThat(Given.problems(source)).containsExactly("refresh-token: {{file:x}} is missing");
    }

    @Test
    void anUnknownKeyThatDidNotResolveIsStillUnknown() {
        Problem earlier = new Problem("mailroutes.accounts.support.prot", "{{env:PORT}} is not set");

        assertThat(Given.problems(Given.generic().source().withEarlier(List.of(earlier))))
                .contains("prot: unknown key; did you mean 'mailroutes.accounts.support.port'?");
    }

    @Test
    void anAccountNameThatIsNoPathSegmentIsRefusedOnce() {
        Given given = Given.nothing()
                .with("mailroutes.accounts.../etc.user", "u")
                .with("mailroutes.accounts._x.user", "u")
                .with("mailroutes.accounts._x.host", "h")
                .with("mailroutes.accounts.a b.user", "u")
                .with("mailroutes.accounts." + "n".repeat(65) + ".user", "u");

        assertThat(given.problems())
                .hasSize(4)
                .contains(
                        "mailroutes.accounts._x: an account name is letters, digits, '-' and '_', begins with a letter"
                                + " or a digit, and has at most 64 characters");
    }

    @Test
    void anAccountNameWithADotIsExplained() {
        Given given = Given.nothing().with("mailroutes.accounts.my.box.user", "u");

        assertThat(given.problems())
                .containsExactly("mailroutes.accounts.my.box.user: an account name has no dot: write"
                        + " mailroutes.accounts.my-box.user");
    }

    @Test
    void anAccountWithoutAKeyIsRefused() {
        assertThat(Given.nothing().with("mailroutes.accounts.support", "x").problems())
                .containsExactly("mailroutes.accounts.support: names an account, but no key of it, such as"
                        + " mailroutes.accounts.support.user");
        assertThat(Given.nothing().with("mailroutes.accounts.support.", "x").problems())
                .hasSize(1);
    }

    @Test
    void accountsThatDifferInCaseOnlyWouldShareADirectory() {
        Given given = Given.password()
                .with("mailroutes.accounts.Support.user", "u")
                .with("mailroutes.accounts.Support.password", "p")
                .with("mailroutes.accounts.Support.host", "h");

        assertThat(given.problems())
                .containsExactly("mailroutes.accounts.Support: differs from the account support in upper and lower case"
                        + " only: choose another name");
    }
}
