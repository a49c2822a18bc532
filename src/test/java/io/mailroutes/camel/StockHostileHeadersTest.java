package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mailroutes.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The headers that took effect with camel-mail 4.18.0 alone (CVE-2026-33454 and its kin), through the stock door. */
class StockHostileHeadersTest {
    private static final String HEADERS = """
            From: mallory@example.net
            Subject: ${sysenv.PATH} {{env:PATH}}
            CamelFileName: owned-1.txt
            camelFileName: owned-2.txt
            CAMELFILENAME: owned-3.txt
            CaMeLfIlEnAmE: ../owned-4.txt
            CamelOverruleFileName: owned-5.txt
            CamelFileNameProduced: owned-6.txt
            CamelHttpUri: http://127.0.0.1:%1$d/evil?leak={{env:PATH}}&h={{sys:user.home}}
            CamelHttpMethod: DELETE
            CamelHttpPath: ../../admin
            CamelHttpQuery: x=1
            CamelHttpRawQuery: y=2
            CamelHttpBaseUri: http://127.0.0.1:%1$d/evil
            Authorization: Bearer of-the-sender
            Cookie: of=the-sender
            X-Forwarded-For: 192.0.2.1
            CamelJmsDestinationName: evil.queue
            CamelJmsMessageType: Map
            CamelBeanMethodName: evil
            CamelSplitIndex: 7
            org.apache.camel.evil: 1
            mail.smtp.host: 127.0.0.1
            breadcrumbId: evil
            delete: true
            Delete: true
            moveTo: Evil
            copyTo: Evil
            CamelMailMoveTo: Evil
            CamelMailCopyTo: Evil
            CamelMailDelete: true
            MailKey: evil/evil/1/1
            MailUid: 99

            the body
            """;

    private record Asked(String request, List<String> headers) {}

    @TempDir
    private Path directory;

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private StockHost host;
    private HttpServer web;

    @BeforeEach
    void start() throws IOException {
        host = new StockHost(directory.resolve("data"));
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", this::note);
        web.start();
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        web.stop(0);
    }

    private void note(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            List<String> headers = exchange.getRequestHeaders().entrySet().stream()
                    .map(header -> header.getKey().toLowerCase(Locale.ROOT) + ": " + header.getValue())
                    .toList();
            asked.add(new Asked(exchange.getRequestMethod() + " " + exchange.getRequestURI(), headers));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    @Test
    void noHeaderOfASenderChangesWhereHisMailGoes() throws Exception {
        int port = web.getAddress().getPort();
        Path out = directory.resolve("out");
        host.append(HEADERS.formatted(port));
        host.install();
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(host.uri())
                        .to("file:" + out)
                        .to("http://127.0.0.1:" + port + "/ok")
                        .to("mock:received");
            }
        });
        MockEndpoint received = host.context.getEndpoint("mock:received", MockEndpoint.class);
        received.expectedMessageCount(1);
        host.context.start();
        received.assertIsSatisfied();
        Await.until("seen", () -> host.ask("EXAMINE INBOX", "SEARCH SEEN").contains("* SEARCH 1"));

        try (Stream<Path> all = Files.walk(directory)) {
            assertThat(all.map(path -> path.getFileName().toString())).noneMatch(name -> name.contains("owned"));
        }
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(file.getFileName().toString()).matches("support-INBOX-\\d+-1"));
        }
        assertThat(asked).singleElement().satisfies(one -> {
            assertThat(one.request()).isEqualTo("POST /ok");
            assertThat(one.headers())
                    .noneMatch(header -> header.matches("(?s)(authorization|cookie|x-forwarded|camel"
                            + "|delete|moveto|copyto|breadcrumbid|org\\.|mail\\.).*"));
            assertThat(one.headers()).noneMatch(header -> header.contains("evil"));
        });
        assertThat(host.ask("LIST \"\" *")).allMatch(folder -> folder.endsWith("\"INBOX\""));
        assertThat(host.ask("EXAMINE INBOX", "SEARCH DELETED")).contains("* SEARCH");
    }
}
