package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Mail;
import io.mailroutes.sandbox.SandboxMailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of whole routes on an IMAP server in memory share. */
abstract class MailboxRoutes {
    private static final Set<String> SEEN = Set.of("\\Seen");

    @TempDir
    Path data;

    final SandboxMailServer server = MailboxHost.server();
    final List<String> arrived = new CopyOnWriteArrayList<>();

    @AfterEach
    void stopServer() {
        server.close();
    }

    final MailboxHost host(RunMode mode) {
        return new MailboxHost(server.imapPort(), data.resolve("data"), mode);
    }

    final MailboxHost once(String uri) throws Exception {
        return host(RunMode.ONCE)
                .start(builder -> builder.from(uri).process(exchange -> arrived.add(subject(exchange))));
    }

    static String subject(Exchange exchange) {
        return exchange.getMessage().getBody(Mail.class).envelope().subject().orElseThrow();
    }

    final List<Path> deadLetters() throws IOException {
        Path letters = data.resolve("data").resolve("dead-letters").resolve("box");
        try (Stream<Path> found = Files.exists(letters) ? Files.list(letters) : Stream.of()) {
            return found.toList();
        }
    }

    static void assertSeen(MailboxHost host, int mails) {
        assertThat(host.flags().values()).hasSize(mails).allMatch(flags -> flags.containsAll(SEEN));
    }
}
