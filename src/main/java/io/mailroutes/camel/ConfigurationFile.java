package io.mailroutes.camel;

import io.mailroutes.account.Configuration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;

/** Reads the configuration as {@code run} does, placeholders included, without a route. */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * @param overrides properties that win over the file
     * @throws io.mailroutes.account.ConfigurationException with every problem of {@code mailroutes.*}
     */
    public static Configuration read(Path file, Map<String, String> overrides) {
        CamelContext context = new DefaultCamelContext();
        try {
            PropertiesComponent properties = context.getPropertiesComponent();
            properties.setLocation("file:" + file.toAbsolutePath());
            Properties winning = new Properties();
            winning.putAll(overrides);
            properties.setOverrideProperties(winning);
            PlaceholderFunctions.register(context);
            return MailroutesProperties.read(context);
        } finally {
            context.stop();
        }
    }
}
