package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.message.TrustedServers;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.spi.EndpointStrategy;

/**
 * The door for stock {@code imaps:} and {@code smtps:} endpoints: binds an authenticator for each account, and hardens exactly those mail
 * endpoints that use one. Component defaults and all other endpoints of the host stay as they are.
 */
final class StockDoor implements EndpointStrategy {
    private final Installation installation;

    private StockDoor(Installation installation) {
        this.installation = installation;
    }

    /** @throws IllegalStateException when an account has the name of a bean that is there already */
    static void requireFreeNames(CamelContext context, Configuration configuration) {
        List<String> taken = configuration.accounts().keySet().stream()
                .filter(name -> context.getRegistry().lookupByName(name) != null)
                .toList();
        if (!taken.isEmpty()) {
            throw new IllegalStateException(
                    taken.stream().map(StockDoor::clash).collect(Collectors.joining(System.lineSeparator())));
        }
    }

    private static String clash(String account) {
        return "mailroutes.accounts." + account + ": the account becomes a bean named " + account
                + ", but the registry has another bean of that name: rename one of them";
    }

    static void open(CamelContext context, Installation installation) {
        for (Account account : installation.configuration().accounts().values()) {
            context.getRegistry()
                    .bind(account.name(), new TokenMailAuthenticator(account, installation.tokens(account.name())));
        }
        context.getCamelContextExtension().registerEndpointCallback(new StockDoor(installation));
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof MailEndpoint mail
                && !(mail instanceof StockEndpoint)
                && mail.getConfiguration().getAuthenticator() instanceof TokenMailAuthenticator authenticator) {
            return harden(mail, authenticator);
        }
        return endpoint;
    }

    private Endpoint harden(MailEndpoint stock, TokenMailAuthenticator authenticator) {
        Account account = authenticator.account();
        stock.getConfiguration()
                .setSession(StockSession.of(stock.getConfiguration(), authenticator, installation.clock()));
        stock.getConfiguration().setMapMailMessage(false);
        stock.getConfiguration().setPeek(true);
        StockMails mails = new StockMails(
                account.name(), TrustedServers.of(account.authservIds()), installation.temporaryDirectory());
        StockEndpoint endpoint = StockEndpoint.like(stock, account, mails);
        endpoint.setHeaderFilterStrategy(new StrictHeaderFilter());
        // The stock one has the stock filter inside; for want of one the endpoint makes its own, with this filter.
        endpoint.setBinding(null);
        return endpoint;
    }
}
