package io.mailroutes.camel;

import io.mailroutes.account.Account;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.mail.JavaMailSender;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.processor.DelegateProcessor;

/**
 * A stock mail endpoint that sends by {@link MailSender}, and that reads each mail whole just before its route, on the polling thread. camel-mail itself
 * either maps a whole batch at once, where one bad mail stops all, or leaves a message that reads from the folder when
 * it is first used: by then {@code seda:} or {@code wireTap:} have carried it to a thread that runs after the folder was
 * closed, and a copy of it has lost what the route did to it.
 */
final class StockEndpoint extends MailEndpoint {
    private final Account account;
    private final StockMails mails;

    private StockEndpoint(MailEndpoint stock, Account account, StockMails mails) {
        super(stock.getEndpointUri(), (MailComponent) stock.getComponent(), stock.getConfiguration());
        this.account = account;
        this.mails = mails;
    }

    /** With the options of a stock one, and its configuration. */
    static StockEndpoint like(MailEndpoint stock, Account account, StockMails mails) {
        CamelContext context = stock.getCamelContext();
        StockEndpoint endpoint = new StockEndpoint(stock, account, mails);
        endpoint.setCamelContext(context);
        PropertyConfigurer configurer = stock.getComponent().getEndpointPropertyConfigurer();
        EndpointUriFactory options = context.getCamelContextExtension().getEndpointUriFactory("imap");
        if (!(configurer instanceof PropertyConfigurerGetter getter) || options == null) {
            throw new IllegalStateException("this camel-mail does not tell the options of its endpoints");
        }
        for (String option : options.propertyNames()) {
            Object value = getter.getOptionValue(stock, option, true);
            // Most are in the configuration, which both share: setting those again trips over camel-mail's own types.
            if (value != null && !value.equals(getter.getOptionValue(endpoint, option, true))) {
                configurer.configure(context, endpoint, option, value, true);
            }
        }
        return endpoint;
    }

    @Override
    public Producer createProducer() {
        return new MailSender(this, account);
    }

    @Override
    public Producer createProducer(JavaMailSender sender) {
        throw new IllegalArgumentException("an endpoint of an account sends with that account alone");
    }

    @Override
    public Consumer createConsumer(Processor route, JavaMailSender sender) throws Exception {
        return super.createConsumer(new ReadFirst(route, mails), sender);
    }

    /** What cannot be read fails in its route, where the error handler is, and not in the poll, which would end there. */
    static final class ReadFirst extends DelegateProcessor {
        private final StockMails mails;

        ReadFirst(Processor route, StockMails mails) {
            super(route);
            this.mails = mails;
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            mails.read(exchange);
            super.process(exchange);
        }
    }
}
