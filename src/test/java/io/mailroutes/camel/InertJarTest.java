package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.junit.jupiter.api.Test;

/** An application that has our jar on its class path and configures nothing. */
class InertJarTest {
    private static DefaultCamelContext started() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.start();
        return context;
    }

    @Test
    void aContextHasNothingOfOurs() throws Exception {
        Set<String> threads = ourThreads();
        try (DefaultCamelContext context = started()) {
            assertThat(context.getRoutes()).isEmpty();
            ModelCamelContext model = (ModelCamelContext) context;
            assertThat(model.getRouteDefinitions()).isEmpty();
            assertThat(model.getRouteConfigurationDefinitions()).isEmpty();
            assertThat(model.getRouteTemplateDefinitions()).isEmpty();
            assertThat(context.getCamelContextExtension().getContextPlugin(Installation.class))
                    .isNull();
            assertThat(context.getRegistry().findByType(TokenMailAuthenticator.class))
                    .isEmpty();
            assertThat(context.getEndpoints()).isEmpty();
            assertThat(context.getComponentNames()).isEmpty();
            assertThat(ourThreads()).isEqualTo(threads);
        }
    }

    @Test
    void camelMainFindsNoRouteAndCreatesNoDirectory() throws Exception {
        boolean before = Files.exists(Path.of("data"));
        Main main = new Main();
        main.configure().setJmxEnabled(false);
        main.setPropertyPlaceholderLocations("false");
        main.start();
        try {
            assertThat(main.getCamelContext().getRoutes()).isEmpty();
            assertThat(main.getCamelContext().isStarted()).isTrue();
        } finally {
            main.stop();
        }
        assertThat(Files.exists(Path.of("data"))).isEqualTo(before);
    }

    @Test
    void theMailProvidersAreThoseOfAngus() {
        assertThat(Session.getInstance(new Properties()).getProviders())
                .extracting(Provider::getClassName)
                .allMatch(name -> name.startsWith("org.eclipse.angus.mail."));
        assertThat(Session.getInstance(new Properties()).getProviders())
                .extracting(Provider::getProtocol)
                .containsOnly("imap", "imaps", "pop3", "pop3s", "smtp", "smtps");
    }

    @Test
    void typeConvertersOfTheHostAreTheHosts() throws Exception {
        try (DefaultCamelContext context = started()) {
            MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
            message.setText("of the host");
            message.saveChanges();

            assertThat(context.getTypeConverter().convertTo(String.class, (Message) message))
                    .isEqualTo("of the host");
            assertThat(context.getTypeConverter()
                            .convertTo(InputStream.class, "text")
                            .readAllBytes())
                    .isEqualTo("text".getBytes(StandardCharsets.UTF_8));
            assertThat(context.getTypeConverter().convertTo(MimeMessage.class, "text"))
                    .isNull();
            assertThat(context.getTypeConverter().convertTo(Integer.class, "7")).isEqualTo(7);
        }
    }

    @Test
    void placeholdersMeanWhatTheyMeantToTheHost() throws Exception {
        try (DefaultCamelContext context = started()) {
            PropertiesComponent properties = context.getPropertiesComponent();

            for (String ours : List.of("file", "secret", "hashicorp", "aws")) {
                assertThat(properties.hasPropertiesFunction(ours)).as(ours).isFalse();
            }
            assertThat(context.resolvePropertyPlaceholders("{{secret:fallback}}"))
                    .isEqualTo("fallback");
            assertThat(context.resolvePropertyPlaceholders("{{file:fallback}}")).isEqualTo("fallback");
        }
    }

    @Test
    void aStockMailEndpointIsStock() throws Exception {
        try (DefaultCamelContext context = started()) {
            MailEndpoint endpoint =
                    context.getEndpoint("imaps://imap.example.com?username=u&password=p", MailEndpoint.class);

            assertThat(endpoint).isExactlyInstanceOf(MailEndpoint.class);
            assertThat(endpoint.getConfiguration().getSession()).isNull();
            assertThat(endpoint.getConfiguration().isMapMailMessage()).isTrue();
        }
    }

    @Test
    void aMailboxRouteWithoutAnAccountSaysWhatToConfigure() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("mailbox:support").to("mock:received");
                }
            });

            assertThatThrownBy(context::start)
                    .hasMessageContainingAll("no account is configured", "mailroutes.accounts.NAME");
        }
    }

    private static Set<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("mailroutes") || name.contains("mailbox"))
                .collect(Collectors.toSet());
    }
}
