package com.example.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.test.main.junit5.CamelMainTestSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Camel Main application that has nothing of Mailroutes in its code: the account is in its properties. */
class CamelMainHostTest extends CamelMainTestSupport {
    @TempDir
    static Path directory;

    private static Servers servers;

    @BeforeAll
    static void startServers() {
        servers = new Servers();
        servers.deliver("to Camel Main");
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        return servers.properties(directory.resolve("data"));
    }

    @Override
    protected void configure(MainConfigurationProperties configuration) {
        configuration.addRoutesBuilder(new SupportRoute());
    }

    @Test
    void stockImapReceivesWithTheAccountsToken() throws Exception {
        MockEndpoint sink = getMockEndpoint("mock:sink");
        sink.expectedMessageCount(1);
        sink.expectedHeaderReceived("MailSubject", "to Camel Main");
        sink.assertIsSatisfied();

        Exchange exchange = sink.getExchanges().get(0);
        assertEquals("Good day\n", exchange.getIn().getBody(String.class));
        assertFalse(exchange.getIn().getHeaders().containsKey(Exchange.FILE_NAME));
        assertFalse(exchange.getIn().getHeaders().containsKey("delete"));
    }
}
