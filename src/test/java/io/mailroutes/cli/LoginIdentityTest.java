package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the right person consented: the id_token says, else the userinfo endpoint, else nobody does. */
class LoginIdentityTest {
    private static final String UNKNOWN =
            "The server does not say who signed in, so that it could not be compared with";

    @TempDir
    private Path directory;

    private LoginWorld world;

    @BeforeEach
    void open() {
        world = LoginWorld.open(directory);
        world.set("userinfo-endpoint", world.server.userinfoEndpoint().toString());
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @Test
    void theUserinfoEndpointIsAskedWhenTheTokenDoesNotSay() throws Exception {
        userinfo("{\"sub\":\"1\",\"email\":\"JOE@Example.com\"}");
        RunningCommand login = login();

        assertThat(login.code()).isZero();
        assertThat(login.words()).doesNotContain(UNKNOWN);
        assertThat(world.server.requests(Kind.USERINFO)).isEqualTo(1);
    }

    @Test
    void anotherPersonInUserinfoIsRefused() throws Exception {
        userinfo("{\"sub\":\"1\",\"email\":\"eve@example.com\"}");
        RunningCommand login = login();

        assertThat(login.code()).isEqualTo(3);
        assertThat(login.words())
                .contains("eve@example.com signed in, and not joe@example.com.")
                .contains("mailroutes.accounts.support.login-user=eve@example.com");
        assertThat(world.isLoggedIn()).isFalse();
        assertThat(world.imap.connections()).isZero();
    }

    @Test
    void anIdTokenThatSaysItIsNotAskedAboutAgain() throws Exception {
        world.server.consent().signedInAs("joe@example.com");
        userinfo("{\"sub\":\"1\",\"email\":\"eve@example.com\"}");

        assertThat(login().code()).isZero();
        assertThat(world.server.requests(Kind.USERINFO)).isZero();
    }

    @Test
    void userinfoAboutAnotherSubjectIsNotBelieved() throws Exception {
        world.server.consent().claiming("sub", "2");
        userinfo("{\"sub\":\"1\",\"email\":\"joe@example.com\"}");
        RunningCommand login = login();

        assertThat(login.words()).contains("it is about another person (sub) than the id_token", UNKNOWN);
    }

    @Test
    void theEndpointOfTheDocumentIsAskedToo() throws Exception {
        world.without("userinfo-endpoint").set("issuer", world.server.issuer().toString());
        world.server.discovery(
                "userinfo_endpoint", world.server.userinfoEndpoint().toString());
        userinfo("{\"sub\":\"1\",\"email\":\"eve@example.com\"}");

        assertThat(login().code()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"sub":"1"}                                                     |
            {"sub":"1","email":"eve@example.com","email_verified":false}    |
            {"sub":"1","preferred_username":"eve"}                          |
            """)
    void whatTheServerDoesNotSayIsLeftToTheMailbox(String answer) throws Exception {
        userinfo(answer);
        RunningCommand login = login();

        assertThat(login.code()).isZero();
        assertThat(login.words())
                .contains(UNKNOWN + " joe@example.com: that the mailbox opens has to be proof enough.");
        assertThat(world.imap.connections()).isEqualTo(1);
    }

    @Test
    void aServerThatSaysNothingAtAllIsNotTakenForAgreement() throws Exception {
        world.without("userinfo-endpoint");
        RunningCommand login = login();

        assertThat(login.code()).isZero();
        assertThat(login.words()).contains(UNKNOWN);
        assertThat(world.server.requests(Kind.USERINFO)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"401", "403", "500"})
    void aUserinfoEndpointThatFailsIsSaidAndTheLoginGoesOn(int status) throws Exception {
        world.server.consent().userinfo(FakeAnswer.json(status, "{\"error\":\"insufficient_scope\"}"));
        RunningCommand login = login();

        assertThat(login.code()).isZero();
        assertThat(login.words())
                .contains("the userinfo request to ", "HTTP " + status, "The login goes on without it.", UNKNOWN);
        assertThat(world.isLoggedIn()).isTrue();
    }

    @Test
    void aShortUserNameIsComparedWithAShortName() throws Exception {
        world.set("user", "joe");
        userinfo("{\"sub\":\"1\",\"email\":\"eve@example.com\",\"preferred_username\":\"eve\"}");
        RunningCommand login = login();

        assertThat(login.code()).isEqualTo(3);
        assertThat(login.words()).contains("eve signed in, and not joe");
    }

    @Test
    void theWrongLoginUserOfASharedMailboxIsCorrectedAndNotCalledShared() throws Exception {
        world.set("user", "shared@example.com").set("login-user", "jane@example.com");
        userinfo("{\"sub\":\"1\",\"email\":\"eve@example.com\"}");
        RunningCommand login = login();

        assertThat(login.code()).isEqualTo(3);
        assertThat(login.words())
                .contains("eve@example.com signed in, and not jane@example.com")
                .contains("if eve@example.com is right, correct mailroutes.accounts.support.login-user");
    }

    private void userinfo(String answer) {
        world.server.consent().userinfo(FakeAnswer.json(200, answer));
    }

    private RunningCommand login() throws Exception {
        RunningCommand login = world.browserLogin();
        world.browse(login.line("http"));
        login.code();
        return login;
    }
}
