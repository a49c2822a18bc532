package io.mailroutes.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Installs Mailroutes in every Camel context whose properties name an account, so that a host that only edits YAML
 * needs no code. Found by Camel as a service; does nothing where no account is configured.
 */
public final class MailroutesPlugin implements ContextServicePlugin {
    @Override
    public void load(CamelContext context) {
        // The properties are not there yet while Camel loads its plugins.
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextInitializing(CamelContext initializing) throws VetoCamelContextStartException {
                install(initializing);
            }
        });
    }

    private static void install(CamelContext context) throws VetoCamelContextStartException {
        if (!Installer.isConfigured(context)) {
            return;
        }
        try {
            Installer.install(context, Installation.Terms.standard());
        } catch (RuntimeException e) {
            throw new VetoCamelContextStartException(String.valueOf(e.getMessage()), e, context, true);
        }
    }
}
