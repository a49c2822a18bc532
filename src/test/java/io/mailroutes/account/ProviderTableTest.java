package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTableTest {
    private static final String NAMES = "aol, fastmail, generic, google, mailru, microsoft, microsoft-china,"
            + " microsoft-us-dod, microsoft-us-gov, outlook, yahoo, yandex";

    private final ProviderTable table = ProviderTable.load();

    @Test
    void theRowsOfThisVersionAreThere() {
        assertThat(table.names())
                .containsExactly(
                        "aol",
                        "fastmail",
                        "generic",
                        "google",
                        "mailru",
                        "microsoft",
                        "microsoft-china",
                        "microsoft-us-dod",
                        "microsoft-us-gov",
                        "outlook",
                        "yahoo",
                        "yandex");
    }

    @Test
    void everyRowOfAProviderSaysWhereItComesFrom() {
        assertThat(table.names()).filteredOn(name -> !name.equals("generic")).allSatisfy(name -> {
            Provider row = table.row(name).orElseThrow();
            assertThat(row.checkedOn()).isPresent();
            assertThat(URI.create(row.documentation().orElseThrow())).hasScheme("https");
            assertThat(row.notes()).isNotEmpty().noneMatch(String::isBlank);
            assertThat(row.mechanisms()).isNotEmpty().doesNotContain(Mechanism.AUTO, Mechanism.PLAIN);
        });
    }

    @Test
    void noScopeOfARowIsAgainstItsOwnRule() {
        assertThat(table.names()).allSatisfy(name -> {
            Provider row = table.row(name).orElseThrow();
            row.scopes()
                    .forEach((grant, scope) -> assertThat(row.scopeRule().objections(grant, List.of(scope.split(" "))))
                            .isEmpty());
        });
    }

    @Test
    void aLineThatMeansNothingIsABug() {
        ProviderRow row = new ProviderRow("acme", Map.of("mechanisms", "xoauth2", "imap-host", "imap.acme.example"));

        assertThatThrownBy(row::provider)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("provider acme has lines that mean nothing: [imap-host]");
    }

    @Test
    void aWordThatMeansNothingIsABug() {
        assertThatThrownBy(new ProviderRow("acme", Map.of("mechanisms", "xoauth"))::provider)
                .hasMessage("provider table: no such word: xoauth");
    }

    @ParameterizedTest
    @CsvSource({"icloud, offers no OAuth to other programs", "zoho, documents no OAuth scope for IMAP"})
    void aProviderWithPasswordsOnlyIsAnsweredWithWhatToWrite(String name, String because) {
        assertThat(Given.generic().account("provider", name).problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("provider: " + name + " " + because + ": use provider=generic with host=")
                .contains("grant=password");
    }

    @ParameterizedTest
    @CsvSource({
        "gmail, google",
        "Google, google",
        "office365, microsoft",
        "microsfot, microsoft",
        "keycloak, generic",
        "hotmail, outlook",
        "gcc-high, microsoft-us-gov",
        "microsoft-dod, microsoft-us-dod",
        "Yandex, yandex",
        "mail-ru, mailru"
    })
    void anotherNameIsAnsweredWithTheRightOne(String written, String meant) {
        assertThat(Given.generic().account("provider", written).problems())
                .contains("provider: '" + written + "' is not one of " + NAMES + " (generic is for any other"
                        + " server); did you mean '" + meant + "'?");
    }

    @Test
    void theRestIsCheckedAgainstTheProviderThatWasMeant() {
        assertThat(Given.microsoft()
                        .account("provider", "micorsoft")
                        .account("tenant", "common")
                        .problems())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("tenant: 'common' is not a directory of its own");
    }

    @Test
    void anUnknownProviderDoesNotMakeItsKeysMissing() {
        Given given = Given.microsoft().account("provider", "acme");

        assertThat(given.problems())
                .containsExactly("provider: 'acme' is not one of " + NAMES + " (generic is for any other server)");
    }

    @Test
    void everyNameWithoutARowSaysWhatToWriteInstead() {
        assertThat(table.withoutRow()).isNotEmpty().allSatisfy(name -> assertThat(
                        table.instead(name).orElseThrow())
                .containsPattern("use provider=generic with "));
    }

    @Test
    void theExampleFileNamesEveryProvider() throws IOException {
        assertThat(Files.readString(Path.of("config/application.properties")))
                .contains(table.names().toArray(String[]::new));
    }
}
