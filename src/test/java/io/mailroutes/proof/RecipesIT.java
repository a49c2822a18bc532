package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.mailroutes.testing.ChildProcess;
import io.mailroutes.testing.NeedsDovecot;
import io.mailroutes.testing.OneMailSmtpServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of {@code docs/tokens.md}, run with the programs they are for. One that is not installed is skipped. */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecipesIT {
    private static final String USER = "recipes@example.com";

    @TempDir
    private static Path directory;

    private MailWorld world;
    private Path tools;

    /** A Mailroutes where the script of the recipes looks for it, and that script. */
    @BeforeAll
    void start() throws IOException {
        world = new MailWorld();
        world.append(USER, MailWorld.mail("for the recipes", "text"));
        Path home = Files.createDirectories(directory.resolve("srv"));
        Files.copy(Path.of("mailroutes"), home.resolve("mailroutes"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(
                home.resolve("mailroutes.jar"),
                Path.of("target", "mailroutes.jar").toAbsolutePath());
        world.authorization().client(MailWorld.clientOf(USER), MailWorld.secretOf(USER), USER);
        Files.writeString(
                Files.createDirectory(home.resolve("config")).resolve("application.properties"), """
                mailroutes.accounts.support.user = %s
                mailroutes.accounts.support.grant = client-credentials
                mailroutes.accounts.support.token-endpoint = %s
                mailroutes.accounts.support.client-id = %s
                mailroutes.accounts.support.client-secret = %s
                mailroutes.accounts.support.host = 127.0.0.1
                """.formatted(
                                USER,
                                world.authorization().tokenEndpoint(),
                                MailWorld.clientOf(USER),
                                MailWorld.secretOf(USER)));
        tools = Files.createDirectory(directory.resolve("tools"));
        Path script = Files.writeString(
                tools.resolve("mail-token"),
                Recipes.under("One small script").replace("/srv/mailroutes", home.toString()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void curl(@TempDir Path here) throws Exception {
        needs("curl");
        String output = run(here, recipe("curl"));

        assertThat(output).contains("* STATUS INBOX (MESSAGES 1 UNSEEN");
    }

    @Test
    void mbsync(@TempDir Path here) throws Exception {
        needs("mbsync");
        needsXoauth2Plugin();
        Path file = Files.writeString(
                here.resolve("mbsyncrc"),
                recipe("mbsync").replaceAll("(?m)^Port.*", "$0\nCertificateFile " + certificate()));
        Files.createDirectory(here.resolve("Mail"));
        run(here, "mbsync --config " + file + " support");

        try (Stream<Path> mails = Files.walk(here.resolve("Mail/Inbox"))) {
            assertThat(mails.filter(Files::isRegularFile))
                    .filteredOn(mail -> !mail.getFileName().toString().startsWith("."))
                    .singleElement()
                    .satisfies(mail -> assertThat(Files.readString(mail)).contains("for the recipes"));
        }
    }

    @Test
    void mutt(@TempDir Path here) throws Exception {
        needs("mutt");
        needs("script");
        Path copy = here.resolve("copy.mbox");
        Path file = Files.writeString(
                here.resolve("muttrc"),
                recipe("mutt and neomutt") + "set certificate_file = " + certificate() + "\n" + "push \"<copy-message>"
                        + copy + "<enter>y<quit>y\"\n");
        run(here, "TERM=xterm timeout 30 script -qec 'mutt -n -F " + file + "' /dev/null");

        assertThat(copy).content().contains("for the recipes");
    }

    @Test
    void msmtp(@TempDir Path here) throws Exception {
        needs("msmtp");
        try (OneMailSmtpServer smtp = new OneMailSmtpServer()) {
            // In clear, because a server with TLS would be a larger server; all else is as written.
            Path file = Files.writeString(
                    here.resolve("msmtprc"),
                    recipe("msmtp")
                            .replace("smtp.example.com", "127.0.0.1")
                            .replace("port 465", "port " + smtp.port())
                            .replace("tls on", "tls off"));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.write(here.resolve("mail.eml"), MailWorld.mail("sent", "text"));
            run(here, "msmtp --file=" + file + " --account=support someone@example.org < mail.eml");

            assertThat(smtp.lines()).contains("Subject: sent").anyMatch(this::logsIn);
        }
    }

    private boolean logsIn(String line) {
        String start = "AUTH OAUTHBEARER ";
        return line.startsWith(start)
                && new String(Base64.getDecoder().decode(line.substring(start.length())), StandardCharsets.UTF_8)
                        .contains("auth=Bearer "
                                + world.authorization().tokensIssued().get(0) + "\1");
    }

    private String recipe(String heading) {
        return Recipes.under(heading)
                .replace("imap.example.com", "localhost")
                .replace("993", Integer.toString(world.dovecot().imapsPort()))
                .replace("support@example.com", USER);
    }

    private String certificate() {
        return world.dovecot().certificate().toString();
    }

    /** What it writes to stdout; it must end well. */
    private String run(Path here, String line) throws Exception {
        Map<String, String> environment = Map.of(
                "PATH", tools + File.pathSeparator + System.getenv("PATH"),
                "HOME", here.toString(),
                "JAVA_HOME", System.getProperty("java.home"),
                "JAVA_TOOL_OPTIONS", "",
                "CURL_CA_BUNDLE", certificate());
        ChildProcess child = ChildProcess.run(here, environment, List.of("sh", "-c", line));
        assertThat(child.exitCode()).as(child.err() + child.out()).isZero();
        return child.out();
    }

    private static void needs(String program) {
        if (onThePath(program).isEmpty()) {
            skip(program + " is not installed");
        }
    }

    private static void needsXoauth2Plugin() throws IOException {
        try (Stream<Path> libraries = Files.find(
                Path.of("/usr/lib"),
                4,
                (file, attributes) -> file.toString().contains("/sasl2/")
                        && file.getFileName().toString().contains("oauth2"))) {
            if (libraries.findAny().isEmpty()) {
                skip("no Cyrus SASL plugin for XOAUTH2 (Debian: libsasl2-modules-kdexoauth2)");
            }
        }
    }

    private static void skip(String why) {
        System.err.println("SKIPPED a recipe: " + why);
        abort(why);
    }

    private static List<Path> onThePath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(place -> Path.of(place, program))
                .filter(Files::isExecutable)
                .toList();
    }
}
