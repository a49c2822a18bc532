package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.sandbox.Sandbox;
import io.mailroutes.testing.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --dev}: a route file that is edited takes effect, and the other routes go on. */
@Timeout(120)
class DevReloadTest {
    @TempDir
    Path directory;

    @Test
    void anEditedRouteIsReloadedTheOtherGoesOnAndNoMailComesTwice() throws Exception {
        Path edited = route("support", "before");
        Path other = route("invoices", "other");
        try (Sandbox sandbox = Sandbox.start(Clock.systemUTC())) {
            StringWriter words = new StringWriter();
            StandaloneRun run = new StandaloneRun(request(sandbox, edited, other), new PrintWriter(words));
            FutureTask<StandaloneRun.Report> report = new FutureTask<>(run::run);
            new Thread(report, "run").start();
            Await.until("the first mails", () -> count("before/support") == 5 && count("other/invoices") == 4);
            Files.setLastModifiedTime(
                    route("support", "after"),
                    java.nio.file.attribute.FileTime.from(Instant.now().plusSeconds(5)));
            Await.until("a mail takes the new way", java.time.Duration.ofSeconds(40), () -> {
                append(sandbox, "support");
                return count("after/support") > 0;
            });
            long before = count("other/invoices");
            append(sandbox, "invoices");
            Await.until("the other route goes on", () -> count("other/invoices") == before + 1);
            run.stop();
            StandaloneRun.Report end = report.get(20, TimeUnit.SECONDS);
            assertThat(end.exitCode()).isEqualTo(ExitCode.OK);
            assertThat(end.folders())
                    .as("one line a route, however often it was loaded")
                    .hasSize(2);
        }
    }

    private RunRequest request(Sandbox sandbox, Path... routes) {
        Map<String, String> properties = new HashMap<>(sandbox.properties());
        properties.put("mailroutes.data-directory", directory.resolve("data").toString());
        return new RunRequest(Optional.empty(), properties, List.of(routes), false, true, false);
    }

    private Path route(String account, String to) throws IOException {
        return Files.writeString(directory.resolve(account + ".camel.yaml"), """
                - route:
                    id: ACCOUNT
                    from:
                      uri: mailbox:ACCOUNT
                      parameters: { delay: 100 }
                      steps:
                        - to: "kamelet:mail-file-sink?directory=OUT&format=eml&fsync=false"
                """.replace("ACCOUNT", account)
                .replace("OUT", directory.resolve(to).toString()));
    }

    private static void append(Sandbox sandbox, String mailbox) {
        byte[] mail = "Subject: new\r\n\r\nnew\r\n".getBytes(StandardCharsets.US_ASCII);
        sandbox.mailServer().append(sandbox.address(mailbox), mail, Instant.now());
    }

    private long count(String account) {
        return SandboxDirectory.mails(directory.resolve(account));
    }
}
