package io.mailroutes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PastedLoginTest {
    private static final String BACK = "https://app.example/back";

    @TempDir
    private Path directory;

    private LoginWorld world;

    @BeforeEach
    void open() {
        world = LoginWorld.open(directory);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void aPastedAddressIsAsGoodAsABrowser() throws Exception {
        assertThat(paste(BACK, answer -> "\n  " + answer + " ").code()).isZero();
        assertThat(world.isLoggedIn()).isTrue();
    }

    @Test
    void aPastedCodeIsTakenToo() throws Exception {
        assertThat(paste(BACK, answer -> answer.replaceFirst(".*code=([^&]+).*", "$1"))
                        .code())
                .isZero();
    }

    @Test
    void theAddressOfThisMachineCanBePastedFromAnother() throws Exception {
        RunningCommand login = paste("http://127.0.0.1/callback", answer -> answer, "--paste");

        assertThat(login.code()).isZero();
    }

    @Test
    void aPastedAddressOfAnotherPlaceIsRefused() throws Exception {
        refused(answer -> answer.replace("app.example", "evil.example"), "it is not the address after the consent");
        refused(answer -> answer.replace("/back", "/other"), "it is not the address after the consent");
    }

    @Test
    void aPastedAnswerToAnotherQuestionIsRefused() throws Exception {
        refused(answer -> answer.replaceFirst("state=[^&]+", "state=another"), "its state is not the one");
        refused(answer -> answer + "&state=again", "its state is not the one");
        refused(answer -> BACK, "its state is not the one");
    }

    @Test
    void whatIsNeitherAnAddressNorACodeIsRefused() throws Exception {
        refused(answer -> "what do you want", "it is neither an address nor a code");
    }

    @Test
    void anInputThatEndsEndsTheLogin() throws Exception {
        RunningCommand login = world.run("login", "support", "--paste");

        assertThat(login.code()).isEqualTo(3);
        assertThat(login.words()).contains("the input ended");
    }

    @Test
    void aLoginWithoutInputGivesUp() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream()) {
            RunningCommand login = RunningCommand.reading(
                    new PipedInputStream(keyboard), world.line("login", "support", "--paste", "--timeout", "1s"));

            assertThat(login.code()).isEqualTo(3);
            assertThat(login.words()).contains("nobody consented within 1 s");
        }
    }

    @Test
    void aListenerElsewhereIsImpossible() throws Exception {
        RunningCommand login = world.set("redirect-uri", BACK).browserLogin();

        assertThat(login.code()).isEqualTo(2);
        assertThat(login.words()).contains("mailroutes login support --paste");
    }

    private void refused(UnaryOperator<String> typed, String words) throws Exception {
        RunningCommand login = paste(BACK, typed);

        assertThat(login.code()).isEqualTo(3);
        assertThat(login.words()).contains(words);
        assertThat(world.server.tokenRequests()).isZero();
    }

    private RunningCommand paste(String redirectUri, UnaryOperator<String> typed, String... way) throws Exception {
        world.set("redirect-uri", redirectUri);
        String[] login =
                way.length == 0 ? new String[] {"login", "support"} : new String[] {"login", "support", way[0]};
        try (PipedOutputStream keyboard = new PipedOutputStream()) {
            RunningCommand running = RunningCommand.reading(new PipedInputStream(keyboard), world.line(login));
            String answer = world.consent(running.line("http"));
            keyboard.write((typed.apply(answer) + "\n").getBytes(UTF_8));
            keyboard.flush();
            running.code();
            return running;
        }
    }
}
