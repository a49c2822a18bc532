package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.StoredMail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A sink that is down is nobody's fault: no mail pays for it. A sink that only one mail breaks is that mail's fault. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SinkDownIT {
    private static final int MAILS = 10;

    private static final String PATIENT = "patient@example.com";

    @TempDir
    private static Path patientDirectory;

    private MailWorld world;
    private RunningProgram patient;

    /** The one that waits 30 s for a sink begins at once, beside the other tests. */
    @BeforeAll
    void start() {
        world = new MailWorld();
        fill(PATIENT);
        patient = posting(patientDirectory, PATIENT, new HttpSink().stop()).start("--once");
    }

    @AfterAll
    void stop() {
        patient.close();
        world.close();
    }

    @Test
    void aSinkThatRefusesConnectionsCostsNoAttemptAndGetsEverythingLater(@TempDir Path directory) throws Exception {
        List<byte[]> mails = fill("refused@example.com");
        try (HttpSink sink = new HttpSink().stop();
                RunningProgram running =
                        posting(directory, "refused@example.com", sink).start()) {
            running.awaitWords("SINK_DOWN");
            running.awaitWords("Connect");
            assertThat(program(directory).deadLetters()).isEmpty();
            assertThat(world.inbox("refused@example.com").values())
                    .allMatch(mail -> mail.flags().isEmpty());
            sink.start();
            assertAllTaken(running, sink, mails, "refused@example.com");
            assertThat(program(directory).deadLetters()).isEmpty();
        }
    }

    @Test
    void aSinkThatIsBusyCostsNoAttemptAndGetsEverythingLater(@TempDir Path directory) throws Exception {
        List<byte[]> mails = fill("busy@example.com");
        try (HttpSink sink = new HttpSink().answer(request -> 503);
                RunningProgram running =
                        posting(directory, "busy@example.com", sink).start()) {
            running.awaitWords("SINK_DOWN");
            running.awaitThat("three tries", () -> sink.requests().size() >= 3);
            assertThat(program(directory).deadLetters()).isEmpty();
            assertThat(world.inbox("busy@example.com").values())
                    .allMatch(mail -> mail.flags().isEmpty());
            sink.answer(request -> 200);
            assertAllTaken(running, sink, mails, "busy@example.com");
            assertThat(program(directory).deadLetters()).isEmpty();
            assertThat(running.words()).doesNotContain("attempt 1");
        }
    }

    @Test
    void onceGivesUpOnASinkThatStaysDownAndLeavesTheMail() {
        assertThat(patient.await(Program.ONCE)).as(patient.words()).isEqualTo(4);
        assertThat(patient.words()).contains("SINK_DOWN");
        assertThat(world.inbox(PATIENT).values()).hasSize(MAILS).allMatch(mail -> mail.flags()
                .isEmpty());
        assertThat(program(patientDirectory).deadLetters()).isEmpty();
    }

    @Test
    void oneMailThatBreaksTheSinkEndsInTheDeadLettersAndTheOthersArrive(@TempDir Path directory) throws Exception {
        String user = "one-bad@example.com";
        byte[] bad = MailWorld.mail("bad", "poison for the sink");
        world.append(user, MailWorld.mail("number 0", "good"));
        world.append(user, bad);
        world.append(user, MailWorld.mail("number 1", "good"));
        Program program = world.program(directory, user);
        try (HttpSink sink = new HttpSink().answer(request -> request.body().contains("poison") ? 500 : 200)) {
            program.route(Routes.mailbox("delay: 100", "maximumAttempts: 2") + Routes.post(sink.address()));
            try (RunningProgram running = program.start()) {
                running.awaitThat("both neighbours arrive", () -> sink.taken().size() == 2);
                int[] good = {2};
                running.awaitThat("the dead letter", () -> {
                    if (program.deadLetters().isEmpty() && sink.taken().size() == good[0]) {
                        world.append(user, MailWorld.mail("number " + good[0]++, "good"));
                    }
                    return !program.deadLetters().isEmpty();
                });
                running.awaitThat("the others arrive", () -> sink.taken().size() == good[0]);
            }
        }
        assertThat(program.deadLetters()).hasSize(1);
        assertThat(Files.readAllBytes(program.deadLetters().get(0).resolve("message.eml")))
                .isEqualTo(bad);
        assertThat(Files.readString(program.deadLetters().get(0).resolve("meta.json")))
                .contains("HttpOperationFailedException");
    }

    private static Program program(Path directory) {
        return new Program(directory);
    }

    /** With one attempt, so that a single one that is counted shows. */
    private Program posting(Path directory, String user, HttpSink sink) {
        return world.program(directory, user)
                .route(Routes.mailbox("delay: 100", "maximumAttempts: 1") + Routes.post(sink.address()));
    }

    private List<byte[]> fill(String user) {
        List<byte[]> mails = IntStream.range(0, MAILS)
                .mapToObj(i -> MailWorld.mail("number " + i, "text " + i))
                .toList();
        world.dovecot().deliverMany(user, MailWorld.INBOX, mails.stream());
        return mails;
    }

    private void assertAllTaken(RunningProgram running, HttpSink sink, List<byte[]> mails, String user) {
        running.awaitThat("all mails arrive", () -> sink.taken().size() >= MAILS);
        assertThat(sink.taken())
                .containsExactlyInAnyOrderElementsOf(
                        mails.stream().map(mail -> new String(mail, ISO_8859_1)).toList());
        running.awaitThat(
                "all are flagged",
                () -> world.inbox(user).values().stream().map(StoredMail::flags).allMatch(Set.of("\\Seen")::equals));
    }
}
