package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import io.mailroutes.testing.Mails;
import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.RecordingProxy;
import io.mailroutes.testing.StoredMail;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand mails, each as a file with the bytes that the server holds, in few commands. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoThousandMailsIT {
    private static final int MAILS = 2_000;
    private static final int PREFETCH = 1 << 20;
    private static final String BODY_FETCH = "^\\S+ UID FETCH \\S+ .*BODY\\.PEEK\\[]";

    private MailWorld world;

    @BeforeAll
    void start() {
        world = new MailWorld();
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void theyArriveAsTheServerHoldsThemWithOneFetchABatch(@TempDir Path directory) {
        String user = "many@example.com";
        world.dovecot().deliverMany(user, MailWorld.INBOX, Mails.quick(7).stream(MAILS));
        try (RecordingProxy proxy = new RecordingProxy(world.dovecot().port())) {
            Program program = program(directory, user, proxy);
            assertThat(program.once().exitCode()).isZero();

            long bytes = assertDelivered(program, user);
            // Of two batches in a row at least one is more than half full; sizes are asked for 500 at a time.
            assertThat(proxy.count(BODY_FETCH)).isBetween(2L, 2 * bytes / PREFETCH + MAILS / 500 + 1);
            assertThat(proxy.lines()).as("commands of any kind").hasSizeLessThan(150);
            assertThat(proxy.connections()).isOne();
        }
    }

    @Test
    void theyArriveAlthoughTheConnectionIsCutAgainAndAgainAndTokensLiveForASecond(@TempDir Path directory) {
        String user = "cut@example.com";
        world.dovecot().deliverMany(user, MailWorld.INBOX, Mails.quick(8).stream(MAILS));
        world.authorization().tokenLife(Duration.ofSeconds(1));
        int tokensBefore = world.authorization().requests(Kind.CLIENT_CREDENTIALS);
        try (RecordingProxy proxy = new RecordingProxy(world.dovecot().port());
                RunningProgram running = program(directory, user, proxy).start("--once")) {
            for (int cut = 1; cut <= 5; cut++) {
                cutInTheMiddleOfABatch(proxy, running);
            }
            assertThat(running.await(Program.ONCE)).as(running.words()).isZero();
            assertDelivered(program(directory, user, proxy), user);
            assertThat(proxy.connections()).isGreaterThan(3);
            assertThat(world.authorization().requests(Kind.CLIENT_CREDENTIALS) - tokensBefore)
                    .as("tokens asked for")
                    .isGreaterThan(1);
        } finally {
            world.authorization().tokenLife(Duration.ofHours(1));
        }
    }

    private Program program(Path directory, String user, RecordingProxy proxy) {
        return world.program(directory, user, proxy.port()).toEml("prefetchSize: " + PREFETCH);
    }

    private static void cutInTheMiddleOfABatch(RecordingProxy proxy, RunningProgram running) {
        long before = proxy.count(BODY_FETCH);
        Await.until(
                "another FETCH, or the end",
                Duration.ofSeconds(30),
                () -> proxy.count(BODY_FETCH) > before || !running.isAlive());
        proxy.cutAll();
    }

    /** Returns the bytes of all mails. */
    private long assertDelivered(Program program, String user) {
        Map<String, String> wanted = new TreeMap<>();
        long[] bytes = {0};
        world.dovecot().fetchEach(user, MailWorld.INBOX, (uid, mail) -> {
            wanted.put(Long.toString(uid), mail.sha256());
            bytes[0] += mail.raw().length;
            assertThat(mail.flags()).as("flags of " + uid).isEqualTo(Set.of("\\Seen"));
        });
        Map<String, String> found = new TreeMap<>();
        for (Path file : program.delivered()) {
            String name = file.getFileName().toString();
            found.put(name.replaceAll("^\\d+-(\\d+)\\.eml$", "$1"), StoredMail.sha256(program.delivered(file)));
        }
        assertThat(found).hasSize(MAILS).isEqualTo(wanted);
        return bytes[0];
    }
}
