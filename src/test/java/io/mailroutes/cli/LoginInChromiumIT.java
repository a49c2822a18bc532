package io.mailroutes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.sandbox.Sandbox;
import io.mailroutes.testing.Chromium;
import io.mailroutes.testing.NeedsChromium;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code login --browser} against the sandbox's own consent form, in a real browser: what a person sees and leaves behind. */
@NeedsChromium
class LoginInChromiumIT {
    @TempDir
    private Path directory;

    private Sandbox sandbox;
    private Chromium browser;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(Clock.systemUTC());
        Files.write(
                directory.resolve("login.properties"),
                sandbox.loginProperties().entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue())
                        .toList());
        browser = Chromium.start(Files.createDirectory(directory.resolve("profile")));
    }

    @AfterEach
    void stop() {
        browser.close();
        sandbox.close();
    }

    @Test
    void somebodyWhoConsentsSeesThatTheMailboxOpensAndLeavesNoCodeBehind() throws Exception {
        RunningCommand login = login();
        browser.open(login.line("http"));
        assertThat(browser.text()).contains("mailroutes asks for your mail", "you@example.com");
        picture("consent");
        browser.click("button[value=allow]");
        outcome();

        assertThat(browser.text())
                .contains("Mailroutes: Logged in", "it opens the mailbox you@example.com")
                .contains("mailroutes run", "You can close this page");
        picture("success");
        assertThat(login.code()).as(login.words()).isZero();
        assertThat(browser.address()).endsWith("/mailroutes-login");
        assertThat(browser.history()).noneMatch(address -> address.contains("code="));
        assertThat(browser.requested())
                .allMatch(address -> address.startsWith("http://127.0.0.1:") || address.startsWith("data:"))
                .filteredOn(address -> address.contains("code="))
                .hasSize(1);
        assertThat(browser.evaluate("document.referrer").asText()).doesNotContain("code");
        assertThat(browser.evaluate("document.scripts.length").asInt()).isZero();
    }

    @Test
    void thePageFitsAPhoneInTheDark() throws Exception {
        browser.look(360, true);
        RunningCommand login = login();
        browser.open(login.line("http"));
        picture("consent-phone-dark");
        assertThat(fits()).isTrue();
        browser.click("input[value^=support]");
        browser.click("button[value=allow]");
        outcome();

        picture("wrong-mailbox-phone-dark");
        assertThat(fits()).isTrue();
        assertThat(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches&&"
                                + "getComputedStyle(document.body).color")
                        .asText())
                .isEqualTo("rgb(255, 255, 255)");
    }

    @Test
    void theWrongMailboxIsSaidOnThePage() throws Exception {
        RunningCommand login = login();
        browser.open(login.line("http"));
        browser.click("input[value^=support]");
        browser.click("button[value=allow]");
        outcome();

        picture("wrong-mailbox");
        assertThat(browser.text())
                .contains("Mailroutes: Not logged in", "support@example.com signed in, and not you@example.com");
        assertThat(login.code()).isEqualTo(3);
    }

    @Test
    void aRefusalIsSaidOnThePage() throws Exception {
        RunningCommand login = login();
        browser.open(login.line("http"));
        browser.click("button[value=refuse]");
        outcome();

        picture("refused");
        assertThat(browser.text()).contains("Not logged in", "Somebody chose not to consent", "begin anew");
        assertThat(browser.history()).noneMatch(address -> address.contains("error="));
        assertThat(login.code()).isEqualTo(3);
    }

    @Test
    void whatAStrangerPutsIntoTheAnswerIsShownAsText() throws Exception {
        RunningCommand login = login();
        String address = login.line("http");
        String state = address.replaceFirst(".*[?&]state=([^&]+).*", "$1");
        browser.open(redirectUri(address) + "?state=" + state + "&iss="
                + sandbox.authorizationServer().issuer()
                + "&error=access_denied&error_description="
                + "%3Cimg%20src%3Dx%20onerror%3D%22document.title%3D'owned'%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        outcome();

        assertThat(browser.text()).contains("<img src=x").doesNotContain("owned\n");
        assertThat(browser.evaluate("document.images.length+document.scripts.length")
                        .asInt())
                .isZero();
        assertThat(login.code()).isEqualTo(3);
    }

    @Test
    void anAnswerOfAnEarlierLoginIsRefusedOnThePage() throws Exception {
        RunningCommand login = login();
        browser.open(redirectUri(login.line("http")) + "?code=old&state=old&iss="
                + sandbox.authorizationServer().issuer());
        outcome();

        picture("state-replayed");
        assertThat(browser.text()).contains("Not logged in", "its state is not the one that was sent out");
        assertThat(browser.history()).noneMatch(address -> address.contains("code="));
        assertThat(login.code()).isEqualTo(3);
    }

    private RunningCommand login() {
        return RunningCommand.of(
                "login",
                Sandbox.LOGIN_ACCOUNT,
                "--browser",
                "--no-open",
                "--config",
                directory.resolve("login.properties").toString(),
                "--data",
                directory.resolve("data").toString());
    }

    private void outcome() {
        browser.awaitScript("location.pathname==='/mailroutes-login'&&document.readyState==='complete'");
    }

    private static String redirectUri(String address) {
        return URLDecoder.decode(address.replaceFirst(".*[?&]redirect_uri=([^&]+).*", "$1"), UTF_8);
    }

    private boolean fits() {
        return browser.evaluate("document.documentElement.scrollWidth<=innerWidth")
                .asBoolean();
    }

    /** For people to look at, after a change: {@code target/screenshots}. */
    private void picture(String name) throws IOException {
        Path pictures = Files.createDirectories(Path.of("target", "screenshots"));
        Files.write(pictures.resolve(name + ".png"), browser.screenshot());
    }
}
