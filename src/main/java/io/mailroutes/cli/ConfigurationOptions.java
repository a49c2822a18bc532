package io.mailroutes.cli;

import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.account.PlainProperties;
import io.mailroutes.account.Suggestion;
import io.mailroutes.camel.ConfigurationFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which configuration a command is about. */
final class ConfigurationOptions {
    private static final Path DEFAULT_CONFIG = Path.of("config", "application.properties");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The properties. Default: config/application.properties")
    private Path config = DEFAULT_CONFIG;

    @Option(names = "--data", paramLabel = "DIR", description = "Tokens, ledger and dead letters. Default: data")
    private @Nullable Path data;

    /** @throws UsageException when the file is not there */
    Path file() {
        if (!Files.isReadable(config) || Files.isDirectory(config)) {
            throw new UsageException("the configuration " + config + " does not exist or cannot be read: write it,"
                    + " or name another one with --config FILE. To see Mailroutes at work without one: mailroutes"
                    + " sandbox");
        }
        return config;
    }

    /** What the options set beside the file. */
    Map<String, String> overrides() {
        return data == null ? Map.of() : Map.of("mailroutes.data-directory", String.valueOf(data));
    }

    /** The whole configuration, without starting anything. */
    Configuration read() {
        return PlainProperties.read(file(), overrides())
                .map(Configuration::read)
                .orElseGet(() -> ConfigurationFile.read(file(), overrides()));
    }

    /** @throws UsageException that names the accounts there are, when this one is not configured */
    static Account account(Configuration configuration, String name) {
        Account account = configuration.accounts().get(name);
        if (account == null) {
            throw new UsageException("the account " + name + " is not configured: set mailroutes.accounts." + name
                    + ".*; configured are "
                    + String.join(", ", configuration.accounts().keySet())
                    + Suggestion.sentence(
                            Suggestion.of(name, configuration.accounts().keySet())));
        }
        return account;
    }
}
