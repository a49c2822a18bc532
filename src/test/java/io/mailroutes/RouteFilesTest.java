package io.mailroutes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files as Camel's YAML DSL reads them; that they run is tested with the component. */
class RouteFilesTest {
    private static final Path ROUTES = Path.of("routes");

    static Stream<Path> files() throws IOException {
        return Stream.concat(list(ROUTES), list(ROUTES.resolve("examples"))).sorted();
    }

    private static Stream<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static DefaultCamelContext load(Path file) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource("file:" + file));
        return context;
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileHoldsOneRouteNamedLikeTheFileWithThreeLinesOnTop(Path file) throws Exception {
        List<String> lines = Files.readAllLines(file);
        assertThat(file.toString()).endsWith(".camel.yaml");
        assertThat(lines.subList(0, 3)).allMatch(line -> line.startsWith("# "));
        assertThat(lines.get(3)).isEqualTo("- route:");

        try (DefaultCamelContext context = load(file)) {
            List<RouteDefinition> routes = context.getRouteDefinitions();
            assertThat(routes).hasSize(1);
            assertThat(routes.get(0).getRouteId() + ".camel.yaml")
                    .isEqualTo(file.getFileName().toString());
        }
    }

    @Test
    void theSandboxHasOneRouteForEachMailbox() throws IOException {
        assertThat(list(ROUTES).map(file -> file.getFileName().toString()))
                .containsExactlyInAnyOrder(
                        "support-to-files.camel.yaml", "invoices-to-files.camel.yaml", "orders-to-json.camel.yaml");
    }

    @Test
    void anOrderWithoutANumberFailsAndOneWithANumberDoesNot() throws Exception {
        try (DefaultCamelContext context = load(ROUTES.resolve("orders-to-json.camel.yaml"))) {
            AdviceWith.adviceWith(context, "orders-to-json", advice -> {
                advice.replaceFromWith("direct:in");
                advice.weaveByToUri("kamelet:*").replace().to("mock:sink");
            });
            context.start();
            MockEndpoint sink = context.getEndpoint("mock:sink", MockEndpoint.class);
            sink.expectedMessageCount(1);

            context.createProducerTemplate().sendBody("direct:in", "Good day\r\nOrder number: 17\r\nArticle: lamp");
            assertThatThrownBy(() -> context.createProducerTemplate().sendBody("direct:in", "Article: lamp\r\n"))
                    .isInstanceOf(CamelExecutionException.class)
                    .hasRootCauseMessage("This order has no number");
            sink.assertIsSatisfied();
        }
    }
}
