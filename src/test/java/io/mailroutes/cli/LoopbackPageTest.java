package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.testing.FakeAuthorizationServer.Kind;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loopback listener answers, and to whom. */
class LoopbackPageTest {
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
    void thePageLoadsNothingAndIsNotKept() throws Exception {
        RunningCommand login = world.browserLogin();
        HttpResponse<String> page = world.browse(login.line("http"));
        login.code();

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).startsWith("default-src 'none'").contains("frame-ancestors 'none'"));
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.body()).doesNotContain("<script", "http://", "https://", "src=", "href=");
    }

    @Test
    void theAddressOfThePageHasNoCode() throws Exception {
        RunningCommand login = world.browserLogin();
        String answer = world.consent(login.line("http"));
        HttpResponse<String> sentOn = world.send(HttpRequest.newBuilder(URI.create(answer)));
        HttpResponse<String> page = world.browse(URI.create(answer)
                .resolve(sentOn.headers().firstValue("Location").orElseThrow())
                .toString());

        assertThat(sentOn.statusCode()).isEqualTo(303);
        assertThat(sentOn.body()).isEmpty();
        assertThat(sentOn.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.uri().getRawQuery()).isNull();
        assertThat(page.body()).contains("Logged in");
        assertThat(login.code()).isZero();
    }

    @Test
    void thePageIsNotThereBeforeTheAnswer() throws Exception {
        RunningCommand login = world.browserLogin();
        String answer = world.consent(login.line("http"));

        assertThat(status(HttpRequest.newBuilder(URI.create(answer).resolve("/mailroutes-login"))))
                .isEqualTo(404);
        assertThat(world.browse(answer).statusCode()).isEqualTo(200);
        assertThat(login.code()).isZero();
    }

    @Test
    void aSecondAnswerIsTooLateAndTheFirstOneCounts() throws Exception {
        RunningCommand login = world.browserLogin();
        URI answer = URI.create(world.consent(login.line("http")));

        assertThat(status(HttpRequest.newBuilder(answer))).isEqualTo(303);
        assertThat(status(HttpRequest.newBuilder(answer))).isEqualTo(410);
        assertThat(world.browse(answer.resolve("/mailroutes-login").toString()).statusCode())
                .isEqualTo(200);
        assertThat(login.code()).isZero();
        assertThat(world.server.requests(Kind.AUTHORIZATION_CODE)).isEqualTo(1);
    }

    @Test
    void aBrowserThatNeverComesForItsPageHoldsNothingUp() throws Exception {
        RunningCommand login = world.browserLogin();
        URI answer = URI.create(world.consent(login.line("http")));

        assertThat(status(HttpRequest.newBuilder(answer))).isEqualTo(303);
        assertThat(login.code()).isZero();
        assertThatThrownBy(
                        () -> world.browse(answer.resolve("/mailroutes-login").toString()))
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void otherRequestsToThePortAreRefusedAndTheLoginGoesOn() throws Exception {
        RunningCommand login = world.browserLogin();
        String answer = world.consent(login.line("http"));
        URI there = URI.create(answer);

        assertThat(status(HttpRequest.newBuilder(there.resolve("/favicon.ico"))))
                .isEqualTo(404);
        assertThat(status(HttpRequest.newBuilder(there.resolve("/callback/x?" + there.getRawQuery()))))
                .isEqualTo(404);
        assertThat(status(HttpRequest.newBuilder(there).POST(BodyPublishers.ofString("x"))))
                .isEqualTo(405);
        String rebound = answer.replace("127.0.0.1", "localhost");
        assertThat(status(HttpRequest.newBuilder(URI.create(rebound)))).isEqualTo(421);
        assertThat(world.server.tokenRequests()).isZero();
        assertThat(world.browse(answer).statusCode()).isEqualTo(200);
        assertThat(login.code()).isZero();
    }

    @Test
    void anAnswerCannotBeGivenTwice() throws Exception {
        RunningCommand login = world.browserLogin();
        String answer = world.consent(login.line("http"));
        world.browse(answer);
        login.code();

        assertThatThrownBy(() -> world.browse(answer)).isInstanceOf(ConnectException.class);
        assertThat(world.server.requests(Kind.AUTHORIZATION_CODE)).isEqualTo(1);
    }

    private int status(HttpRequest.Builder request) throws Exception {
        return world.send(request).statusCode();
    }
}
