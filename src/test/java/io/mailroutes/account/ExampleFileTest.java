package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.SigningKeys;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config/application.properties} is documentation: it must stay true. */
class ExampleFileTest {
    private static final Path FILE = Path.of("config/application.properties");
    private static final Pattern EXAMPLE = Pattern.compile("^#(?=[a-z]+\\.[a-z])", Pattern.MULTILINE);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[a-z]+:[^}]+}}");

    private static final SigningKeys KEYS = SigningKeys.at(new SettableClock().instant());

    @TempDir
    private Path directory;

    @Test
    void asDeliveredItConfiguresNothing() throws IOException {
        assertThat(properties(Files.readString(FILE))).isEmpty();
    }

    @Test
    void everyExampleInItIsAccepted() throws IOException {
        Configuration configuration =
                Configuration.read(ConfigurationSource.of(examples(), directory).withClock(new SettableClock()));

        assertThat(configuration.accounts().keySet())
                .containsExactlyInAnyOrder(
                        "support",
                        "payroll",
                        "cluster",
                        "orders",
                        "sales",
                        "team",
                        "desk",
                        "laptop",
                        "archive",
                        "old",
                        "invoices");
        assertThat(configuration.settings().secrets()).containsOnlyKeys("webhook");
    }

    @Test
    void itNamesEveryKeyOfAnAccount() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String key : examples().keySet()) {
            named.add(key.replaceFirst("^mailroutes\\.accounts\\.[a-z]+\\.", "")
                    .replaceFirst("-parameters\\..*", "-parameters."));
        }

        assertThat(named).containsAll(AccountKeys.known()).containsAll(AccountKeys.MAPS);
    }

    @Test
    void itNamesEveryOtherKey() throws IOException {
        assertThat(examples()).containsKeys(SettingKeys.KNOWN.toArray(String[]::new));
    }

    @Test
    void theDefaultsInItAreTheDefaults() throws IOException {
        String text = Files.readString(FILE);
        Map<String, String> examples = examples();
        Set<String> defaults = Pattern.compile("Default:\\n#([a-z.-]+) = ")
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Configuration with =
                Configuration.read(ConfigurationSource.of(examples, directory).withClock(new SettableClock()));
        examples.keySet().removeAll(defaults);
        Configuration without =
                Configuration.read(ConfigurationSource.of(examples, directory).withClock(new SettableClock()));

        assertThat(defaults).hasSize(8);
        assertThat(without).isEqualTo(with);
    }

    private Map<String, String> examples() throws IOException {
        Path config = Files.createDirectories(directory.resolve("config"));
        KEYS.pkcs12File(config.resolve("payroll.key"), "resolved");
        KEYS.certificateFile(config.resolve("payroll.pem"));
        KEYS.serviceAccountFile(config.resolve("desk.json"), "robot@example.com");
        Files.writeString(config.resolve("assertion.jwt"), "a.b.c");
        Files.writeString(config.resolve("broker.p12"), "");
        Files.writeString(directory.resolve("config/ca.pem"), "-----BEGIN CERTIFICATE-----\n");
        String text = EXAMPLE.matcher(Files.readString(FILE)).replaceAll("");
        Map<String, String> resolved = new LinkedHashMap<>();
        properties(text)
                .forEach((key, value) ->
                        resolved.put(key, PLACEHOLDER.matcher(value).replaceAll("resolved")));
        return resolved;
    }

    private static Map<String, String> properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        List<String> keys = properties.stringPropertyNames().stream().sorted().toList();
        Map<String, String> map = new LinkedHashMap<>();
        keys.forEach(key -> map.put(key, properties.getProperty(key)));
        return map;
    }
}
