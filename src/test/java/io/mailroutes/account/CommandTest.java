package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    private static Given running(String command) {
        return Given.nothing()
                .account("user", "support@example.com")
                .account("host", "imap.example.com")
                .account("grant", "command")
                .account("command", command);
    }

    private static List<String> words(String command) {
        return running(command).support().command().orElseThrow().words();
    }

    @Test
    void wordsAreSeparatedByBlanksAndQuotesKeepThemTogether() {
        assertThat(words("get  token")).containsExactly("get", "token");
        assertThat(words("get 'my box' \"the other\"")).containsExactly("get", "my box", "the other");
        assertThat(words("get --box='my box'x")).containsExactly("get", "--box=my boxx");
        assertThat(words("get '' \"\"")).containsExactly("get", "", "");
    }

    @Test
    void aBackslashIsItselfButForTwoPlacesWithinDoubleQuotes() {
        assertThat(words("C:\\bin\\get.exe a\\ b")).containsExactly("C:\\bin\\get.exe", "a\\", "b");
        assertThat(words("get \"a\\\"b\\\\c\\d\" 'e\\'")).containsExactly("get", "a\"b\\c\\d", "e\\");
    }

    @Test
    void nothingIsExpanded() {
        assertThat(words("get $HOME * ~ `id` $(id) a;b"))
                .containsExactly("get", "$HOME", "*", "~", "`id`", "$(id)", "a;b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get canary | head", "get canary > f", "get canary && b", "get ; b"})
    void whatOnlyAShellKnowsIsRefused(String command) {
        assertThat(running(command).problems())
                .containsExactly("command: uses what only a shell knows (| & ; < >), and it is run without one: put it"
                        + " into a script");
    }

    @ParameterizedTest
    @CsvSource({
        "get \"canary, has a quotation mark without its partner",
        "get 'canary, has a quotation mark without its partner"
    })
    void aQuotationMarkNeedsItsPartner(String command, String words) {
        assertThat(running(command).problems()).containsExactly("command: " + words);
    }

    @Test
    void theProgramHasAName() {
        assertThat(running("'' x").problems())
                .containsExactly("command: begins with an empty word: the first one is the program");
    }

    @Test
    void aCommandTellsTheGrantAndIsNeededForIt() {
        assertThat(running("get").without("grant").support().grant()).isEqualTo(GrantType.COMMAND);
        assertThat(running("get").without("command").problems())
                .containsExactly("command: missing. grant=command runs it and reads the token from its output");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-id", "client-secret", "scope", "refresh-token", "private-key-file", "subject"})
    void whatAsksAServerHasNoEffect(String key) {
        assertThat(running("get").account(key, "canary").problems())
                .contains(key + ": has no effect with grant=command: delete the line");
    }

    @Test
    void onlyTheProgramIsShown() {
        assertThat(running("get canary-secret").support().toString())
                .contains("get ***")
                .doesNotContain("canary");
    }
}
