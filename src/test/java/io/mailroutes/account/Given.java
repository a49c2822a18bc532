package io.mailroutes.account;

import io.mailroutes.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A configuration under test: properties, and what reading them gives. */
final class Given {
    private static final String ACCOUNT = "mailroutes.accounts.support.";

    private final Map<String, String> properties = new LinkedHashMap<>();
    private final SettableClock clock = new SettableClock();
    private Path directory = Path.of("");

    private Given() {}

    static Given nothing() {
        return new Given();
    }

    /** A complete account of the generic provider. */
    static Given generic() {
        return nothing()
                .account("user", "support@example.com")
                .account("grant", "client-credentials")
                .account("client-id", "the-client")
                .account("client-secret", "canary-secret")
                .account("token-endpoint", "https://login.example.com/token")
                .account("host", "imap.example.com");
    }

    /** A complete account without a person at Microsoft. */
    static Given microsoft() {
        return nothing()
                .account("provider", "microsoft")
                .account("user", "support@contoso.com")
                .account("grant", "client-credentials")
                .account("tenant", "contoso.onmicrosoft.com")
                .account("client-id", "the-client")
                .account("client-secret", "canary-secret");
    }

    /** A complete account at Google. */
    static Given google() {
        return nothing()
                .account("provider", "google")
                .account("user", "support@example.com")
                .account("grant", "refresh-token")
                .account("client-id", "the-client")
                .account("client-secret", "canary-secret")
                .account("refresh-token", "canary-refresh");
    }

    /** A complete account with nothing but a password. */
    static Given password() {
        return nothing()
                .account("user", "support@example.com")
                .account("password", "canary-password")
                .account("host", "imap.example.com");
    }

    Given account(String key, String value) {
        return with(ACCOUNT + key, value);
    }

    Given without(String key) {
        properties.remove(ACCOUNT + key);
        return this;
    }

    Given with(String fullKey, String value) {
        properties.put(fullKey, value);
        return this;
    }

    Given in(Path baseDirectory) {
        directory = baseDirectory;
        return this;
    }

    Given later(Duration time) {
        clock.advance(time);
        return this;
    }

    ConfigurationSource source() {
        return ConfigurationSource.of(properties, directory).withClock(clock);
    }

    Configuration read() {
        return Configuration.read(source());
    }

    /** The account {@code support} of a configuration without problems. */
    Account support() {
        return read().accounts().get("support");
    }

    OAuthClient client() {
        return support().oauth().orElseThrow();
    }

    /** What is wrong, as {@code KEY: TEXT}, the keys of the account {@code support} without their prefix. */
    List<String> problems() {
        return problems(source());
    }

    static List<String> problems(ConfigurationSource source) {
        try {
            Configuration.read(source);
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems().stream()
                    .map(problem -> problem.key().replace(ACCOUNT, "") + ": " + problem.text())
                    .toList();
        }
    }
}
