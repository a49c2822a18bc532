package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.StoredMail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One bad mail never stops a mailbox, whether nobody can parse it or a step of the route breaks on it. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoisonIT {
    private static final int DEPTH = 3_000;

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
    void whatCannotBeParsedArrivesRawWithTheReasonAndItsNeighboursArrive(@TempDir Path directory) throws Exception {
        String user = "unparsable@example.com";
        Map<String, byte[]> poisons = poisons();
        world.append(user, MailWorld.mail("before", "good"));
        poisons.values().forEach(poison -> world.append(user, poison));
        world.append(user, MailWorld.mail("after", "good"));
        // Each mail twice: as bytes, and under its UID the reason why it could not be parsed.
        Program program = world.program(directory, user)
                .route(Routes.mailbox()
                        + Routes.FILES
                        + "      - setBody: { simple: '[${header.MailParseError}]' }\n"
                        + "      - to: 'file:OUT/reasons?fileName=${header.MailUid}'\n");
        RunningProgram run = program.once();

        assertThat(run.exitCode()).as(run.words()).isZero();
        assertThat(program.deadLetters()).isEmpty();
        Map<Long, StoredMail> held = world.inbox(user);
        assertThat(held).hasSize(poisons.size() + 2);
        held.forEach((uid, mail) -> {
            assertThat(mail.flags()).isEqualTo(Set.of("\\Seen"));
            assertThat(program.delivered())
                    .as("a file of these bytes")
                    .anyMatch(file -> StoredMail.sha256(program.delivered(file)).equals(mail.sha256()));
        });
        long uid = 1;
        assertThat(reason(program, uid)).isEqualTo("[]");
        for (String poison : poisons.keySet()) {
            uid++;
            assertThat(reason(program, uid)).as(poison).isNotEqualTo("[]");
        }
        assertThat(reason(program, uid + 1)).isEqualTo("[]");
    }

    @Test
    void aStepThatOverflowsTheStackForOneMailCostsThatMailAlone(@TempDir Path directory) throws Exception {
        String user = "overflow@example.com";
        byte[] poison = MailWorld.mail("bad", "poison ".repeat(30_000));
        world.append(user, MailWorld.mail("before", "good"));
        world.append(user, poison);
        world.append(user, MailWorld.mail("after", "good"));
        // Java's expressions call themselves once for each repetition of a group.
        Program program = world.program(directory, user)
                .route(Routes.mailbox("maximumAttempts: 2")
                        + "      - filter:\n"
                        + "          simple: \"${bodyAs(String)} regex '(a|[^a])*'\"\n"
                        + "          steps: [ { setHeader: { name: seen, constant: true } } ]\n"
                        + Routes.FILES);
        RunningProgram run = program.once();

        assertThat(run.exitCode()).as(run.words()).isEqualTo(1);
        assertThat(program.delivered()).hasSize(2);
        assertThat(program.deadLetters()).hasSize(1);
        assertThat(Files.readAllBytes(program.deadLetters().get(0).resolve("message.eml")))
                .isEqualTo(poison);
        assertThat(Files.readString(program.deadLetters().get(0).resolve("meta.json")))
                .contains("java.lang.StackOverflowError");
        assertThat(world.inbox(user).values()).allMatch(mail -> mail.flags().equals(Set.of("\\Seen")));
    }

    private static String reason(Program program, long uid) throws Exception {
        return Files.readString(program.out().resolve("reasons").resolve(Long.toString(uid)));
    }

    private static Map<String, byte[]> poisons() {
        Map<String, byte[]> poisons = new LinkedHashMap<>();
        poisons.put("illegal base64", text("text/plain; charset=utf-8", "base64", "aGVsbG8*gd29y!bGQ"));
        poisons.put("unknown charset", text("text/plain; charset=x-no-such-charset", "8bit", "h\u00e9llo"));
        poisons.put("unknown encoding", text("text/plain", "bogus", "hello"));
        poisons.put("nested", nested());
        return poisons;
    }

    private static byte[] text(String type, String encoding, String body) {
        return mail("Content-Type: " + type + "\r\nContent-Transfer-Encoding: " + encoding + "\r\n\r\n" + body);
    }

    private static byte[] nested() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < DEPTH; i++) {
            body.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i);
            body.append("\r\n");
        }
        return mail(body + "Content-Type: text/plain\r\n\r\nhello\r\n");
    }

    private static byte[] mail(String rest) {
        return ("From: ann@example.com\r\nSubject: poison\r\nMIME-Version: 1.0\r\n" + rest).getBytes(UTF_8);
    }
}
