package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteAccountsTest {
    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mailbox:box",
                "mailbox://box",
                "mailbox:box?folderName=A&select=all",
                "kamelet:mailbox-source?account=box",
                "kamelet:mailbox-source?select=all&account=box",
                "kamelet:mailbox-source/id?account=box&select=all"
            })
    void theAccountOfARouteIsFound(String uri) {
        assertThat(RouteAccounts.account(uri)).contains("box");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timer:mailbox:box",
                "kamelet:mailbox-source",
                "kamelet:mailbox-sourcery?account=box",
                "direct:box"
            })
    void otherRoutesHaveNone(String uri) {
        assertThat(RouteAccounts.account(uri)).isEmpty();
    }

    @Test
    void routesOnAccountsThatAreNotConfiguredAreRemovedAndNamed() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("which", "other");
        context.getPropertiesComponent().setInitialProperties(properties);
        routes("mailbox:box", "mailbox:{{which}}", "kamelet:mailbox-source?account={{which}}", "timer:x");
        assertThat(RouteAccounts.removeUnconfigured(context, Set.of("box")))
                .containsExactly(new RouteAccounts.Skipped("r1", "other"), new RouteAccounts.Skipped("r2", "other"));
        assertThat(RouteAccounts.count(context)).isEqualTo(2);
    }

    @Test
    void aRouteThatOthersCallIsNoneToStart() throws Exception {
        routes("mailbox:other", "direct:step", "seda:step");
        RouteAccounts.removeUnconfigured(context, Set.of("box"));
        assertThat(RouteAccounts.count(context)).isZero();
    }

    @Test
    void aPlaceholderWithoutAnAnswerIsNamed() throws Exception {
        routes("mailbox:{{nobody.knows}}");
        assertThatThrownBy(() -> RouteAccounts.removeUnconfigured(context, Set.of("box")))
                .hasMessageContaining("nobody.knows");
    }

    private void routes(String... uris) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < uris.length; i++) {
                    from(uris[i]).routeId("r" + i).to("mock:x");
                }
            }
        });
    }
}
