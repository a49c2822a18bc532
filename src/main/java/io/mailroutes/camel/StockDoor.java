package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.imap.GuardedStores;
import jakarta.mail.Session;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.spi.EndpointStrategy;

/**
 * The door for stock {@code imaps:} endpoints: binds an authenticator for each account, and hardens exactly those mail
 * endpoints that use one. Component defaults and all other endpoints of the host stay as they are.
 */
final class StockDoor implements EndpointStrategy {
    /** Properties that would send a token elsewhere, in clear, or into a log. */
    private static final List<String> REFUSED = List.of(
            "ssl.trust", "checkserveridentity", "socketfactory", "debug", ".sasl.", "auth.mechanisms", ".class");

    private final Installation installation;

    private StockDoor(Installation installation) {
        this.installation = installation;
    }

    static void open(CamelContext context, Installation installation) {
        for (Account account : installation.configuration().accounts().values()) {
            Object other = context.getRegistry().lookupByName(account.name());
            if (other != null) {
                throw new IllegalStateException("the account " + account.name()
                        + " becomes a bean of that name, but the registry has another bean named so: rename one");
            }
            context.getRegistry()
                    .bind(account.name(), new TokenMailAuthenticator(account, installation.tokens(account.name())));
        }
        context.getCamelContextExtension().registerEndpointCallback(new StockDoor(installation));
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof MailEndpoint mail
                && mail.getConfiguration().getAuthenticator() instanceof TokenMailAuthenticator authenticator
                && mail.getConfiguration()
                        .getProtocol()
                        .toLowerCase(Locale.ROOT)
                        .startsWith("imap")) {
            harden(mail, authenticator);
        }
        return endpoint;
    }

    private void harden(MailEndpoint endpoint, TokenMailAuthenticator authenticator) {
        MailConfiguration configuration = endpoint.getConfiguration();
        Account account = authenticator.account();
        configuration.setSession(session(configuration, authenticator));
        configuration.setMapMailMessage(false);
        configuration.setPeek(true);
        configuration.setDebugMode(false);
        endpoint.setHeaderFilterStrategy(new StrictHeaderFilter());
        endpoint.setBinding(new StockMailBinding(account.name(), installation.temporaryDirectory()));
    }

    private static Session session(MailConfiguration configuration, TokenMailAuthenticator authenticator) {
        Properties own = new Properties();
        configuration.getAdditionalJavaMailProperties().forEach((key, value) -> {
            refuseDangerous(String.valueOf(key), authenticator.account());
            own.put(key, value);
        });
        return GuardedStores.session(own, authenticator, authenticator.account(), authenticator.tokens());
    }

    private static void refuseDangerous(String key, Account account) {
        String name = key.toLowerCase(Locale.ROOT);
        if (REFUSED.stream().anyMatch(name::contains)) {
            throw new IllegalArgumentException("the option " + key + " is refused on an endpoint of account "
                    + account.name() + ": it could hand the token to somebody else. Trust another certificate with"
                    + " mailroutes.accounts." + account.name() + ".ca-file");
        }
    }
}
