package io.mailroutes.camel;

import io.mailroutes.account.Configuration;
import org.apache.camel.CamelContext;

/** Puts Mailroutes into a Camel context, from the context's own properties. */
public final class Installer {
    private Installer() {}

    /**
     * Binds every configured account as a bean of its name (the authenticator of stock {@code imaps:} endpoints),
     * hardens the mail endpoints that use one, and makes {@code mailbox:} work. Does nothing when it was called before.
     *
     * @throws io.mailroutes.account.ConfigurationException with every problem of {@code mailroutes.*}
     * @throws IllegalStateException when an account has the name of a bean that is there already
     */
    public static Installation install(CamelContext context, Installation.Terms terms) {
        Installation known = context.getCamelContextExtension().getContextPlugin(Installation.class);
        return known != null ? known : install(context, configuration(context), terms);
    }

    /**
     * What the context's properties say, without creating anything.
     *
     * @throws io.mailroutes.account.ConfigurationException with every problem of {@code mailroutes.*}
     */
    public static Configuration configuration(CamelContext context) {
        PlaceholderFunctions.register(context);
        return MailroutesProperties.read(context);
    }

    /** As {@link #install(CamelContext, Installation.Terms)}, in a context that has none yet. */
    public static Installation install(CamelContext context, Configuration configuration, Installation.Terms terms) {
        StockDoor.requireFreeNames(context, configuration);
        Installation installation = Installation.create(context, configuration, terms);
        StockDoor.open(context, installation);
        MailroutesProperties.tellServers(context, configuration);
        return installation;
    }

    /** Whether the context's properties name any account. */
    static boolean isConfigured(CamelContext context) {
        return !context.getPropertiesComponent()
                .loadProperties(key -> key.startsWith(MailroutesProperties.ACCOUNTS))
                .isEmpty();
    }
}
