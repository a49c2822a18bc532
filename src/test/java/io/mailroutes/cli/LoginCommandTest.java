package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import io.mailroutes.testing.FakeAuthorizationServer.TokenRequest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginCommandTest {
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
    void aConsentInTheBrowserEndsInAStoredTokenAndAnImapLogin() throws Exception {
        RunningCommand login = world.browserLogin();
        HttpResponse<String> page = world.browse(login.line("http"));

        assertThat(login.code()).isZero();
        assertThat(world.isLoggedIn()).isTrue();
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Logged in", "opens the mailbox joe&#64;example.com");
        assertThat(login.out().lines()).hasSize(1);
        assertThat(login.words()).contains("Account support is logged in");
        assertThat(world.imap.received()).anyMatch(line -> line.contains("AUTHENTICATE XOAUTH2"));
    }

    @Test
    void theRequestHasPkceAndAHintAndTheTokenRequestNoScope() throws Exception {
        RunningCommand login =
                world.set("authorization-parameters.prompt", "consent").browserLogin();
        String address = login.line("http");
        world.browse(address);
        login.code();

        assertThat(address)
                .contains("code_challenge_method=S256", "login_hint=joe%40example.com", "prompt=consent", "scope=mail")
                .containsPattern("redirect_uri=http%3A%2F%2F127.0.0.1%3A\\d+%2Fcallback");
        TokenRequest request = world.server.tokenRequestLog().get(0);
        assertThat(request.kind()).isEqualTo(Kind.AUTHORIZATION_CODE);
        assertThat(request.form()).containsKey("code_verifier").doesNotContainKey("scope");
    }

    @Test
    void nothingThatIsSaidShowsACodeATokenOrTheVerifier() throws Exception {
        RunningCommand login = world.browserLogin();
        HttpResponse<String> page = world.browse(login.line("http"));
        login.code();

        String said = login.out() + login.words() + page.body();
        assertThat(world.server.consent().codes()).hasSize(1).noneMatch(said::contains);
        assertThat(world.server.tokensIssued()).hasSize(1).noneMatch(said::contains);
        assertThat(said)
                .doesNotContain(world.server.tokenRequestLog().get(0).form().get("code_verifier"));
    }

    @Test
    void anAnswerWithAnotherStateIsRefused() throws Exception {
        world.server.consent().answering("state", "another");
        refused("its state is not the one that was sent out");
        assertThat(world.server.tokenRequests()).isZero();
    }

    @Test
    void anAnswerFromAnotherIssuerIsRefused() throws Exception {
        world.set("issuer", world.server.issuer().toString());
        world.server.consent().answering("iss", "https://evil.example");
        refused("it comes from another server (iss)");
        assertThat(world.server.tokenRequests()).isZero();
    }

    @Test
    void anAnswerWithoutTheIssuerThatTheServerPromisesIsRefused() throws Exception {
        world.set("issuer", world.server.issuer().toString());
        world.server.discovery("authorization_response_iss_parameter_supported", true);
        refused("it does not say which server it comes from (iss)");
    }

    @Test
    void anAnswerFromThePromisedIssuerIsTaken() throws Exception {
        world.set("issuer", world.server.issuer().toString()).without("authorization-endpoint");
        world.server.discovery("authorization_response_iss_parameter_supported", true);
        world.server.consent().answering("iss", world.server.issuer().toString());
        RunningCommand login = world.browserLogin();
        world.browse(login.line("http"));

        assertThat(login.code()).isZero();
    }

    @Test
    void aRefusalOfThePersonIsShownInWordsAndEscaped() throws Exception {
        world.server
                .consent()
                .answering("code", "")
                .answering("error", "access_denied")
                .answering("error_description", "<script>alert(1)</script>");
        HttpResponse<String> page = refused("access_denied");

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).contains("Somebody chose not to consent").doesNotContain("<script>alert");
    }

    @Test
    void aNarrowedScopeIsNotStored() throws Exception {
        world.server.consent().granting("openid");
        refused("without the scope mail");
        assertThat(world.imap.connections()).isZero();
    }

    @Test
    void tokensThatCannotBeRefreshedAreNotStored() throws Exception {
        world.server.consent().withoutRefreshToken();
        refused("the server gave no refresh token");
    }

    @Test
    void theConsentOfAnotherMailboxIsRefused() throws Exception {
        world.server.consent().signedInAs("eve@example.com");
        refused("eve@example.com signed in, and not joe@example.com");
        assertThat(world.imap.connections()).isZero();
    }

    @Test
    void aSharedMailboxIsConsentedToByItsLoginUser() throws Exception {
        world.set("user", "shared@example.com").set("login-user", "Jane@example.com");
        world.server.consent().signedInAs("jane@example.com");
        RunningCommand login = world.browserLogin();
        world.browse(login.line("http"));

        assertThat(login.code()).isZero();
    }

    @Test
    void aTokenThatOpensNoMailboxIsNotStored() throws Exception {
        try (LoginWorld other = new LoginWorld(directory.resolve("."), c -> {
            c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                    .expect("AUTHENTICATE XOAUTH2 .+")
                    .no("[AUTHENTICATIONFAILED] no");
        })) {
            RunningCommand login = other.browserLogin();
            other.browse(login.line("http"));

            assertThat(login.code()).isEqualTo(3);
            assertThat(login.words()).contains("its tokens open no mailbox: they were not stored");
            assertThat(other.isLoggedIn()).isFalse();
        }
    }

    @Test
    void aLoginLeftAloneGivesUpAndFreesItsPort() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        RunningCommand login = world.set("redirect-port", Integer.toString(port))
                .run("login", "support", "--no-open", "--timeout", "1s");

        assertThat(login.code()).isEqualTo(3);
        assertThat(login.words()).contains("nobody consented within 1 s");
        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            RunningCommand login = world.set("redirect-port", Integer.toString(taken.getLocalPort()))
                    .browserLogin();

            assertThat(login.code()).isEqualTo(2);
            assertThat(login.words()).contains("port " + taken.getLocalPort() + " of 127.0.0.1");
        }
    }

    @Test
    void aRegisteredRedirectUriIsUsedToTheLetter() throws Exception {
        RunningCommand login = world.set("redirect-uri", "http://localhost").browserLogin();
        String address = login.line("http");

        assertThat(address).containsPattern("redirect_uri=http%3A%2F%2Flocalhost%3A\\d+&");
        assertThat(world.browse(address).statusCode()).isEqualTo(200);
        assertThat(login.code()).isZero();
    }

    @Test
    void anAccountWithoutAPersonIsNotLoggedInto() throws Exception {
        RunningCommand login = world.set("grant", "client-credentials")
                .set("client-secret", "s")
                .run("login", "support");

        assertThat(login.code()).isEqualTo(2);
        assertThat(login.words()).contains("grant=client-credentials, for which nobody logs in");
    }

    @Test
    void anUnknownAccountIsAnsweredWithTheKnownOnes() throws Exception {
        RunningCommand login = world.run("login", "suport");

        assertThat(login.code()).isEqualTo(2);
        assertThat(login.words())
                .contains("the account suport is not configured")
                .contains("did you mean 'support'?");
    }

    private HttpResponse<String> refused(String words) throws Exception {
        RunningCommand login = world.browserLogin();
        HttpResponse<String> page = world.browse(login.line("http"));

        assertThat(login.code()).isEqualTo(3);
        assertThat(login.words()).contains(words);
        assertThat(world.isLoggedIn()).isFalse();
        return page;
    }
}
