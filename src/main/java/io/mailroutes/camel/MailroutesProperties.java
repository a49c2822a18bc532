package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.account.ConfigurationSource;
import io.mailroutes.account.Problem;
import io.mailroutes.account.Secret;
import io.mailroutes.account.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads {@code mailroutes.*} out of a Camel context's properties, placeholders resolved one by one. */
final class MailroutesProperties {
    private static final Logger LOG = LoggerFactory.getLogger(MailroutesProperties.class);

    static final String ACCOUNTS = "mailroutes.accounts.";
    private static final String OURS = "mailroutes.";
    private static final String OAUTH_PROFILES = "camel.oauth.";

    private MailroutesProperties() {}

    static Configuration read(CamelContext context) {
        Properties raw = context.getPropertiesComponent()
                .loadProperties(key -> key.startsWith(OURS) || key.startsWith(OAUTH_PROFILES));
        Map<String, String> resolved = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        QuietPlaceholders placeholders = new QuietPlaceholders(context);
        for (String key : raw.stringPropertyNames()) {
            try {
                resolved.put(key, placeholders.resolve(raw.getProperty(key)));
            } catch (RuntimeException e) {
                problems.add(new Problem(key, reason(e)));
            }
        }
        Configuration configuration = Configuration.read(ConfigurationSource.of(resolved, Path.of(""))
                .withEarlier(problems)
                .withStoreKey(fromEnvironment(placeholders, Settings.STORE_KEY_VARIABLE))
                .withStoreKeyOld(fromEnvironment(placeholders, Settings.STORE_KEY_OLD_VARIABLE)));
        configuration.warnings().forEach(warning -> LOG.warn("{} {}", warning.key(), warning.text()));
        return configuration;
    }

    /**
     * Makes {@code {{mailroutes.accounts.NAME.smtp-host}}} and {@code smtp-port} mean something where they come from the
     * provider's row, so that a route's URI need not repeat them.
     */
    static void tellServers(CamelContext context, Configuration configuration) {
        PropertiesComponent properties = context.getPropertiesComponent();
        for (Account account : configuration.accounts().values()) {
            account.smtp().ifPresent(server -> {
                String prefix = ACCOUNTS + account.name() + ".smtp-";
                properties.addInitialProperty(prefix + "host", server.host());
                properties.addInitialProperty(prefix + "port", Integer.toString(server.port()));
            });
        }
    }

    private static Optional<Secret> fromEnvironment(QuietPlaceholders placeholders, String variable) {
        String key = placeholders.resolve("{{env:" + variable + ":}}");
        return Optional.of(key).filter(text -> !text.isBlank()).map(Secret::of);
    }

    /** The innermost message: Camel wraps it in ones that quote the whole value. */
    private static String reason(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        return Cleaned.text(at.getMessage());
    }
}
