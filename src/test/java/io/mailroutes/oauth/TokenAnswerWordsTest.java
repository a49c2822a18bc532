package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole message that whoever is called at night reads, for each way in which no token comes and no refusal. */
class TokenAnswerWordsTest {
    private static final String NARROWED =
            "{\"token_type\":\"Bearer\",\"access_token\":\"CANARY\",\"scope\":\"openid\"}";

    private final Words words = new Words();

    @AfterEach
    void close() {
        words.close();
    }

    @Test
    void aServerThatIsSilent() {
        assertThat(words.impatient().of(FakeAnswer.silence())).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token failed: the server \
                        did not answer in time. It will be tried again; if it stays so, check the network, \
                        mailroutes.accounts.support.token-endpoint, mailroutes.accounts.support.issuer and, for a \
                        private authority, mailroutes.accounts.support.ca-file.""");
    }

    @Test
    void aServerThatDripsItsAnswer() {
        assertThat(words.impatient().of(FakeAnswer.drip())).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token failed: the server \
                        did not answer in time. It will be tried again; if it stays so, check the network, \
                        mailroutes.accounts.support.token-endpoint, mailroutes.accounts.support.issuer and, for a \
                        private authority, mailroutes.accounts.support.ca-file.""");
    }

    @Test
    void aServerThatIsTooSlow() {
        assertThat(words.impatient().of(FakeAnswer.held(new CountDownLatch(1)))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token failed: the server \
                        did not answer in time. It will be tried again; if it stays so, check the network, \
                        mailroutes.accounts.support.token-endpoint, mailroutes.accounts.support.issuer and, for a \
                        private authority, mailroutes.accounts.support.ca-file.""");
    }

    @Test
    void aServerThatHangsUp() {
        assertThat(words.of(FakeAnswer.hangUp())).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token failed: the \
                        connection broke before the answer was complete. It will be tried again; if it stays so, check \
                        the network, mailroutes.accounts.support.token-endpoint, mailroutes.accounts.support.issuer and, \
                        for a private authority, mailroutes.accounts.support.ca-file.""");
    }

    @Test
    void aHugeAnswer() {
        assertThat(words.of(FakeAnswer.huge(10 << 20))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token failed: the answer is \
                        larger than 256 KiB. Is the address right? Check mailroutes.accounts.support.token-endpoint or \
                        mailroutes.accounts.support.issuer.""");
    }

    @Test
    void aWebPageWithStatus200() {
        assertThat(words.of(FakeAnswer.html(200))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered wrongly: \
                        a web page (HTML) came instead of JSON, from a login page, a proxy or a wrong address. It will \
                        be tried again; if it stays so, check mailroutes.accounts.support.token-endpoint or \
                        mailroutes.accounts.support.issuer, and any proxy in between.""");
    }

    @Test
    void anAnswerOfAnotherType() {
        assertThat(words.of(FakeAnswer.of(200, "text/plain", "access_token=CANARY", Map.of())))
                .isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered wrongly: \
                        its Content-Type is text/plain, JSON was expected. It will be tried again; if it stays so, check \
                        mailroutes.accounts.support.token-endpoint or mailroutes.accounts.support.issuer, and any proxy \
                        in between.""");
    }

    @Test
    void brokenJson() {
        assertThat(words.of(FakeAnswer.json(200, "{\"access_token\":\"CANARY"))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered wrongly: \
                        it is not one well-formed JSON object. Is the address right? Check \
                        mailroutes.accounts.support.token-endpoint or mailroutes.accounts.support.issuer, and any proxy \
                        in between.""");
    }

    @Test
    void anAnswerWithoutAToken() {
        assertThat(words.of(FakeAnswer.json(200, "{\"token_type\":\"Bearer\"}")))
                .isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered wrongly: \
                        it has no access_token. Is the address right? Check mailroutes.accounts.support.token-endpoint \
                        or mailroutes.accounts.support.issuer, and any proxy in between.""");
    }

    @Test
    void aTokenOfAnotherType() {
        assertThat(words.of(FakeAnswer.json(200, "{\"token_type\":\"mac\",\"access_token\":\"CANARY\"}")))
                .isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token was answered wrongly: \
                        its token_type is mac and not Bearer. Is the address right? Check \
                        mailroutes.accounts.support.token-endpoint or mailroutes.accounts.support.issuer, and any proxy \
                        in between.""");
    }

    @Test
    void aNarrowedScopeOfAClient() {
        assertThat(words.of(FakeAnswer.json(200, NARROWED), Words.OWN)).isEqualTo("""
                        Account support: the token request (client_credentials) to https://SERVER/token gave a token \
                        without the scope mail. The client has to be given this scope, or \
                        mailroutes.accounts.support.scope asks for too much.""");
    }

    @Test
    void aNarrowedScopeOfAConsent() {
        assertThat(words.of(FakeAnswer.json(200, NARROWED))).isEqualTo("""
                        Account support: the token request (refresh_token) to https://SERVER/token gave a token without \
                        the scope mail. The mailbox owner has to consent again and leave every box ticked: mailroutes \
                        login support. Or mailroutes.accounts.support.scope asks for too much.""");
    }

    @Test
    void aHostThatIsUnknown() {
        Accounts account = Accounts.at(URI.create("https://nowhere.invalid/token"));
        assertThat(words.of(account, Words.OWN)).isEqualTo("""
                        Account support: the token request (client_credentials) to https://nowhere.invalid/token failed: \
                        the host name is unknown. It will be tried again; if it stays so, check the network, \
                        mailroutes.accounts.support.token-endpoint, mailroutes.accounts.support.issuer and, for a \
                        private authority, mailroutes.accounts.support.ca-file.""");
    }

    @Test
    void aServerThatIsDown() {
        URI address = words.server.tokenEndpoint();
        words.server.close();
        assertThat(words.of(Accounts.at(address), Words.OWN)).isEqualTo("""
                        Account support: the token request (client_credentials) to https://SERVER/token failed: the \
                        connection was refused: nothing listens there, or a firewall says no. It will be tried again; if \
                        it stays so, check the network, mailroutes.accounts.support.token-endpoint, \
                        mailroutes.accounts.support.issuer and, for a private authority, \
                        mailroutes.accounts.support.ca-file.""");
    }

    @Test
    void anAddressInClearText() {
        Accounts account = Accounts.at(URI.create("http://login.example.com/token"));
        assertThat(words.of(account, Words.OWN)).isEqualTo("""
                        Account support: the token request to http://login.example.com/token is not made: \
                        mailroutes.accounts.support.token-endpoint must begin with https:// (http:// is for this machine \
                        only). Nothing was sent: correct the account's properties.""");
    }

    @Test
    void aMissingLifeIsNoErrorAndTakenForAnHour() {
        words.server.nextToken(FakeAnswer.json(200, "{\"token_type\":\"Bearer\",\"access_token\":\"a\"}"));

        AccessToken token = words.exchange(Words.OWN).accessToken();

        assertThat(Duration.between(words.clock.instant(), token.expiresAt())).isEqualTo(Duration.ofHours(1));
    }
}
