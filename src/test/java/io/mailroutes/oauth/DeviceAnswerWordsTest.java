package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole message that whoever logs in reads, when it is by another device or the server cannot be found. */
class DeviceAnswerWordsTest {
    private static final URI BACK = URI.create("http://127.0.0.1:9999/callback");

    private final Words words = new Words();
    private final Accounts account = Accounts.at(words.server.tokenEndpoint())
            .issuer(words.server.issuer())
            .client("open", Optional.empty());

    @AfterEach
    void close() {
        words.close();
    }

    private AuthorizationServer authorizationServer() {
        return new AuthorizationServer("support", account.oauth(), words.http(), words.clock);
    }

    private AuthorizationRequest request() {
        return AuthorizationRequest.to(authorizationServer(), BACK, "joe@example.com", new SecureRandom());
    }

    /** What the person reads when the device endpoint gave a code and the polls are answered so. */
    private String polled(String... errors) {
        words.server.device().first(errors);
        words.server.discovery(
                "device_authorization_endpoint", words.server.deviceEndpoint().toString());
        DevicePolling polling = new DevicePolling("support", words.endpoint(account), words.clock::advance);
        DeviceAuthorization device = DeviceAuthorization.ask(authorizationServer(), new SecureRandom());
        return words.of(() -> await(polling, device));
    }

    private static void await(DevicePolling polling, DeviceAuthorization device) {
        try {
            polling.await(device, Duration.ofMinutes(5));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aPersonWhoSaysNoOnAnotherDevice() {
        assertThat(polled("authorization_pending", "access_denied")).isEqualTo("""
                        Account support: the authorization server gave no consent, access_denied. Nothing was stored. \
                        Somebody chose not to consent, or a policy of the mail domain forbids it: then its administrator \
                        has to allow this client. Begin anew: mailroutes login support""");
    }

    @Test
    void aPersonWhoSaysNoToMicrosoft() {
        assertThat(polled("authorization_declined")).isEqualTo("""
                        Account support: the authorization server gave no consent, authorization_declined. Nothing was \
                        stored. Somebody chose not to consent, or a policy of the mail domain forbids it: then its \
                        administrator has to allow this client. Begin anew: mailroutes login support""");
    }

    @Test
    void aDeviceCodeThatHasExpired() {
        assertThat(polled("expired_token")).isEqualTo("""
                        Account support: the code has expired or is not known any more (expired_token). Nothing was \
                        stored. Begin anew: mailroutes login support""");
    }

    @Test
    void aDocumentOfAnotherIssuer() {
        words.server.discovery("issuer", "https://evil.example");
        assertThat(words.of(this::request)).isEqualTo("""
                        Account support: the discovery request to https://SERVER/.well-known/openid-configuration was \
                        answered wrongly: it is the document of issuer https://evil.example, but configured is \
                        https://SERVER (a slash at the end counts). Is the address right? Check \
                        mailroutes.accounts.support.token-endpoint or mailroutes.accounts.support.issuer, and any proxy \
                        in between.""");
    }

    @Test
    void aDocumentThatIsAWebPage() {
        words.server.nextDiscovery(FakeAnswer.html(200));
        assertThat(words.of(this::request)).isEqualTo("""
                        Account support: the discovery request to https://SERVER/.well-known/openid-configuration was \
                        answered wrongly: a web page (HTML) came instead of JSON, from a login page, a proxy or a wrong \
                        address. It will be tried again; if it stays so, check \
                        mailroutes.accounts.support.token-endpoint or mailroutes.accounts.support.issuer, and any proxy \
                        in between.""");
    }

    @Test
    void aServerWithoutDeviceCodes() {
        assertThat(words.of(() -> DeviceAuthorization.ask(authorizationServer(), new SecureRandom())))
                .isEqualTo("""
                        Account support: the device authorization request is not made: this server has no \
                        device-authorization-endpoint; log in with --browser or --paste. Nothing was sent: correct the \
                        account's properties.""");
    }
}
