package io.mailroutes;

import io.mailroutes.camel.Installation;
import io.mailroutes.camel.Installer;
import org.apache.camel.CamelContext;

/** The door for programs: Mailroutes inside an existing Camel deployment. */
public final class Mailroutes {
    private Mailroutes() {}

    /**
     * Installs Mailroutes in a Camel context, from the {@code mailroutes.*} properties of that context. To be called
     * before the routes start; a host whose properties name an account need not call it, for Camel then does.
     *
     * <p>Each account becomes a bean of its name, for {@code imaps:HOST?authenticator=#NAME}. Exactly the mail
     * endpoints that use such a bean are hardened; component defaults, which all share, stay as they are.
     *
     * @throws io.mailroutes.account.ConfigurationException with every problem of {@code mailroutes.*}
     */
    public static Installation install(CamelContext context) {
        return Installer.install(context, Installation.Terms.standard());
    }
}
