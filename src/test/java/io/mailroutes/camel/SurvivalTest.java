package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a route throws is one mail's failure. */
@Timeout(90)
class SurvivalTest {
    private static final int MAILS = 1000;
    private static final String BAD = "mail 500";

    @TempDir
    Path data;

    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private final List<Error> fatal = new CopyOnWriteArrayList<>();

    private static final class NobodyKnowsThis extends Error {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Error> errors() {
        return Stream.of(new LinkageError("no such class"), new AssertionError("never"), new NobodyKnowsThis());
    }

    @Test
    void ofAThousandMailsOneThatOverflowsTheStackIsQuarantinedAndPollingGoesOn() throws Exception {
        ScriptedFolder folder = new ScriptedFolder(
                IntStream.rangeClosed(1, MAILS).mapToObj(i -> "mail " + i).toArray(String[]::new));
        assertOneIsQuarantined(folder, exchange -> deeper(0));
        assertThat(arrived).hasSize(MAILS);
        assertThat(fatal).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void soIsOneOfWhichTheRouteThrowsAnyError(Error error) throws Exception {
        assertOneIsQuarantined(new ScriptedFolder("mail 499", BAD, "mail 501"), exchange -> {
            throw error;
        });
        assertThat(arrived).containsExactlyInAnyOrder("mail 499", "mail 501", "later");
        assertThat(fatal).isEmpty();
    }

    @Test
    void anErrorOfJavaItselfIsToldToTheProgramAndIsOneMailsFailureWhereThatGoesOn() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("by a test");
        assertOneIsQuarantined(new ScriptedFolder("mail 499", BAD, "mail 501"), exchange -> {
            throw error;
        });
        assertThat(arrived).containsExactlyInAnyOrder("mail 499", "mail 501", "later");
        assertThat(fatal).containsExactly(error);
    }

    private void assertOneIsQuarantined(ScriptedFolder folder, Processor fails) throws Exception {
        Installation.Terms terms = new Installation.Terms(
                        RunMode.CONTINUOUS, false, Clock.systemUTC(), MailboxHost.SHORTEST)
                .onFatal(fatal::add);
        folder.offering("IMAP4rev1 UIDPLUS IDLE");
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = new MailboxHost(server.port(), data, terms)) {
            host.start(builder -> builder.from("mailbox:box?maximumAttempts=1").process(exchange -> {
                String subject = MailboxRoutes.subject(exchange);
                if (subject.equals(BAD)) {
                    fails.process(exchange);
                }
                arrived.add(subject);
            }));
            Await.until("one is quarantined", () -> host.status().deadLettered() == 1);
            folder.arrive("later");
            Await.until("polling goes on", () -> arrived.contains("later"));
            Await.until("all are settled", () -> host.status().delivered() == arrived.size());
            assertThat(host.status().state()).isEqualTo(MailboxState.LIVE);
        }
        try (Stream<Path> letters = Files.list(data.resolve("dead-letters").resolve("box"))) {
            assertThat(letters).hasSize(1);
        }
    }

    private static int deeper(int depth) {
        return deeper(depth + 1) + 1;
    }
}
