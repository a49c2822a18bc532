package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.SigningKeys;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages for users say what the program does: its provider table, its keys. */
class DocsTest {
    private static final Path PROVIDERS = Path.of("docs/providers.md");
    private static final SigningKeys KEYS = SigningKeys.at(new SettableClock().instant());
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(?:env|file):[^}]+}}");
    private static final Pattern CELLS = Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| `([^`]*)` \\|$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]*)(#[^)]*)?\\)");
    private static final Set<String> KEYS_SHOWN = Set.of(
            "issuer",
            "authorization-endpoint",
            "token-endpoint",
            "device-authorization-endpoint",
            "revocation-endpoint",
            "tenant",
            "redirect-uri",
            "scope",
            "client-authentication",
            "host",
            "smtp-host",
            "smtp-security",
            "authserv-id");

    private static final ProviderTable TABLE = ProviderTable.load();

    @TempDir
    private Path directory;

    static Set<String> names() {
        return TABLE.names();
    }

    static List<Path> pages() {
        return MarkdownFiles.all();
    }

    /** From the heading that names the provider to the next one that names a provider, or is as high. */
    private static String section(String name) {
        String text = MarkdownFiles.text(PROVIDERS);
        List<String> parts = List.of(text.split("(?m)(?=^## )|(?=^### .*`[a-z-]+`$)"));
        return parts.stream()
                .filter(part -> part.lines().findFirst().orElse("").endsWith(": `" + name + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(PROVIDERS + " has no section on " + name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageHasTheValuesOfTheTable(String name) {
        Provider row = TABLE.row(name).orElseThrow();
        Map<String, String> expected = new TreeMap<>(row.defaults());
        expected.keySet().retainAll(KEYS_SHOWN);
        row.scopes().forEach((grant, scope) -> expected.put("scope." + grant.key(), scope));
        expected.remove("security");
        Map<String, String> shown = CELLS.matcher(section(name))
                .results()
                .filter(cell -> !cell.group(1).equals("grant"))
                .collect(Collectors.toMap(cell -> cell.group(1), cell -> cell.group(2)));

        assertThat(shown).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageHasTheGrantsOfTheTable(String name) {
        Set<String> refused = TABLE.row(name).orElseThrow().refusedGrants().keySet().stream()
                .map(GrantType::key)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> taken =
                Arrays.stream(GrantType.values()).map(GrantType::key).collect(Collectors.toCollection(TreeSet::new));
        taken.removeAll(refused);

        assertThat(words(name, "| `grant` | ")).isEqualTo(taken);
        assertThat(words(name, "| refused `grant` | ")).isEqualTo(refused);
    }

    private static Set<String> words(String name, String start) {
        return section(name)
                .lines()
                .filter(line -> line.startsWith(start))
                .flatMap(line -> Stream.of(line.substring(start.length()).split("[`,| ]+")))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("names")
    void thePageSaysWhenItWasCheckedAndAgainstWhat(String name) {
        Provider row = TABLE.row(name).orElseThrow();
        List<String> said = section(name)
                .lines()
                .filter(line -> line.startsWith("Checked on"))
                .toList();

        assertThat(said)
                .isEqualTo(row.checkedOn().stream()
                        .map(day -> "Checked on " + day + ", against <"
                                + row.documentation().orElseThrow() + ">.")
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("names")
    void aLimitOnTheMessagesThatAreSeenIsOnThePage(String name) {
        TABLE.row(name).orElseThrow().imap().messageLimit().ifPresent(limit -> assertThat(
                        section(name) + section("yahoo"))
                .contains("newest " + limit));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyExampleIsAcceptedAsItStands(Path page) throws IOException {
        prepareFiles();
        for (String block : MarkdownFiles.blocks(page, "properties")) {
            assertThat(Configuration.read(ConfigurationSource.of(properties(block), directory)
                                    .withClock(new SettableClock()))
                            .accounts())
                    .as(block)
                    .isNotEmpty();
        }
    }

    @Test
    void thereAreExamplesOfEveryProviderThatDiffers() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String block : MarkdownFiles.blocks(PROVIDERS, "properties")) {
            properties(block).forEach((key, value) -> {
                if (key.endsWith(".provider")) {
                    used.add(value);
                }
            });
        }
        Set<String> expected = new TreeSet<>(TABLE.names());
        // Two are written as the third cloud is, and generic is the default.
        expected.removeAll(Set.of("microsoft-us-dod", "microsoft-china", "generic"));

        assertThat(used).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkWithinTheProjectLeadsSomewhere(Path page) {
        LINK.matcher(MarkdownFiles.text(page)).results().forEach(link -> {
            if (link.group(1).contains("://")) {
                return;
            }
            Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
            assertThat(target).as("%s links to", page).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).as("%s links to", page).contains(link.group(2));
            }
        });
    }

    private static Set<String> anchors(Path page) {
        return MarkdownFiles.text(page)
                .lines()
                .filter(line -> line.matches("#+ .*"))
                .map(line -> line.replaceFirst("#+ ", ""))
                .map(title -> title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", ""))
                .map(title -> "#" + title.replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private void prepareFiles() throws IOException {
        Path config = Files.createDirectories(directory.resolve("config"));
        KEYS.pkcs12File(config.resolve("payroll.key"), "resolved");
        KEYS.certificateFile(config.resolve("payroll.pem"));
        Files.writeString(config.resolve("assertion.jwt"), "a.b.c");
        KEYS.serviceAccountFile(config.resolve("desk.json"), "robot@example.com");
    }

    private static Map<String, String> properties(String block) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(block));
        Map<String, String> resolved = new LinkedHashMap<>();
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(key -> resolved.put(
                        key, PLACEHOLDER.matcher(properties.getProperty(key)).replaceAll("resolved")));
        return resolved;
    }
}
