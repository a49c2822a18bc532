package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.mailroutes.message.TrustedServers;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessageRemovedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A message that camel-mail polled and that cannot be read any more. */
class StockMailsTest {
    @TempDir
    private Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Throwable.class).handled(true).to("mock:handled");
                from("direct:route").routeId("stock").to("mock:received");
            }
        });
        context.start();
    }

    @AfterEach
    void stop() throws IOException {
        context.close();
    }

    private Exchange polled(Throwable failure) {
        MimeMessage message = new MimeMessage(Session.getInstance(new Properties())) {
            @Override
            public Folder getFolder() {
                return sneaky(failure);
            }
        };
        Exchange exchange = new DefaultExchange(context);
        exchange.setIn(new MailMessage(exchange, (Message) message, false));
        return exchange;
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> Folder sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    private Exchange process(Throwable failure) {
        Exchange exchange = polled(failure);
        StockMails mails = new StockMails("support", TrustedServers.NONE, directory);
        Processor first = new StockEndpoint.ReadFirst(context.getRoute("stock").getProcessor(), mails);
        // camel-mail would end the poll here, and the neighbours with it.
        assertThatCode(() -> first.process(exchange)).doesNotThrowAnyException();
        return exchange;
    }

    @Test
    void failsInItsRouteWhereTheErrorHandlerIs() throws Exception {
        MockEndpoint handled = context.getEndpoint("mock:handled", MockEndpoint.class);
        handled.expectedMessageCount(1);
        handled.expectedHeaderReceived(MailHeaders.ACCOUNT, "support");
        context.getEndpoint("mock:received", MockEndpoint.class).expectedMessageCount(0);
        process(new MessageRemovedException("gone"));

        MockEndpoint.assertIsSatisfied(context);
        Exchange exchange = handled.getExchanges().get(0);
        assertThat(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)).isInstanceOf(MessageRemovedException.class);
        assertThat(exchange.getIn().getBody()).isNull();
    }

    @Test
    void anErrorIsTheMailsOwnTooBecauseCamelWouldNeverPollAgain() throws Exception {
        MockEndpoint handled = context.getEndpoint("mock:handled", MockEndpoint.class);
        handled.expectedMessageCount(1);
        process(new StackOverflowError());

        MockEndpoint.assertIsSatisfied(context);
    }

    @Test
    void aMessageOfAnotherKindIsLeftAlone() {
        Exchange exchange = new DefaultExchange(context);
        exchange.getIn().setBody("not polled");
        new StockMails("support", TrustedServers.NONE, directory).read(exchange);

        assertThat(exchange.getIn().getBody()).isEqualTo("not polled");
        assertThat(exchange.getException()).isNull();
    }
}
