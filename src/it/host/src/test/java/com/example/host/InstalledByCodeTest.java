package com.example.host;

import io.mailroutes.Mailroutes;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Camel context of the application's own making, that calls {@code Mailroutes.install}. */
class InstalledByCodeTest extends CamelTestSupport {
    @TempDir
    static Path directory;

    private static Servers servers;

    @BeforeAll
    static void startServers() {
        servers = new Servers();
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        Properties properties = servers.properties(directory.resolve("data"));
        context.getPropertiesComponent().setInitialProperties(properties);
        Mailroutes.install(context);
        return context;
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new SupportRoute();
    }

    @Test
    void stockImapReceivesWhatArrivesLater() throws Exception {
        MockEndpoint sink = getMockEndpoint("mock:sink");
        sink.expectedMessageCount(1);
        sink.expectedHeaderReceived("MailAccount", "support");
        servers.deliver("to a context");
        sink.assertIsSatisfied();
    }
}
