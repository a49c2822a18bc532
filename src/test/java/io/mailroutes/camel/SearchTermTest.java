package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTermTest {
    private final List<String> problems = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM \"billing@\" SUBJECT \"invoice\"",
                "OR FROM a@b.example (SUBJECT \"say \\\"(\\\" twice\" NOT SEEN)",
                "LARGER 5000 YOUNGER 86400",
                "X-GM-RAW \"has:attachment in:inbox {a b}\"",
                "SUBJECT \"UID 5:* RETURN\" SINCE 1-Feb-2026",
                "HEADER \"X-Number\" 7",
                "SUBJECT \"C:\\\\*\""
            })
    void criteriaAreTakenAsTheyAre(String text) {
        assertThat(SearchTerm.parse("  " + text + " ", problems)).contains(new SearchTerm(text));
        assertThat(problems).isEmpty();
    }

    @Test
    void nothingIsNoCriteria() {
        assertThat(SearchTerm.parse("  ", problems)).isEmpty();
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "FROM \"a | quotation mark",
                "FROM \"a\\\" | quotation mark",
                "FROM \"a\\b\" | quotation mark",
                "(FROM a | parenthesis",
                "FROM a) OR (SEEN | parenthesis",
                "FROM {3} | brace",
                "SUBJECT \"Grüße\" | printable ASCII",
                "UID 5:9 FROM a | has UID",
                "NOT (uid 5) | has UID",
                "FROM a 5:9 | has 5:9",
                "* FROM a | has *",
                "$ SEEN | has $",
                "17 FROM a | number of a mail",
                "(17 FROM a) | number of a mail",
                "CHARSET UTF-8 FROM a | has CHARSET",
                "RETURN (COUNT) SEEN | has RETURN"
            })
    void whatIsMoreThanCriteriaIsRefusedWithWords(String text, String why) {
        assertThat(SearchTerm.parse(text, problems)).isEmpty();
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("searchTerm=")
                .contains(why);
    }

    @Test
    void aSecondLineWouldBeACommandAndIsRefused() {
        assertThat(SearchTerm.parse("SEEN\r\nA1 UID STORE 1:* +FLAGS (\\Deleted)", problems))
                .isEmpty();
        assertThat(problems).singleElement().asString().contains("one line").doesNotContain("\n", "\r");
    }

    @Test
    void moreThanACommandHoldsIsRefused() {
        assertThat(SearchTerm.parse("FROM " + "a".repeat(1_000), problems)).isEmpty();
        assertThat(problems).singleElement().asString().contains("1005 characters");
    }
}
