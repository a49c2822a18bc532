package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that says back what it was sent, in whatever form, does not bring it into a message. */
class EchoedSecretTest {
    private static final String CANARY = "CANARY/se+cret~ü 7";

    private final Words words = new Words();

    @AfterEach
    void close() {
        words.close();
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                form("as it is", secret -> secret),
                form("in capitals", String::toUpperCase),
                form("percent-encoded", secret -> URLEncoder.encode(secret, UTF_8)),
                form(
                        "percent-encoded with %20",
                        secret -> URLEncoder.encode(secret, UTF_8).replace("+", "%20")),
                form("percent-encoded whole", EchoedSecretTest::percent),
                form("percent-encoded twice", secret -> percent(secret).replace("%", "%25")),
                form("base64", secret -> base64(secret)),
                form("base64url", secret -> base64(secret).replace('+', '-').replace('/', '_')),
                form("base64 without padding", secret -> base64(secret).replace("=", "")),
                form("base64 behind one byte", secret -> base64(":" + secret)),
                form("base64 behind two bytes", secret -> base64("a:" + secret)),
                form("base64 within more", secret -> base64("client:" + secret + "&x=y")),
                form("hexadecimal", secret -> HexFormat.of().formatHex(secret.getBytes(UTF_8))));
    }

    private static Arguments form(String name, UnaryOperator<String> form) {
        return Arguments.of(name, form);
    }

    private static String percent(String text) {
        return HexFormat.of().withPrefix("%").formatHex(text.getBytes(UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void noFormOfASecretIsTold(String name, UnaryOperator<String> form) {
        String echo = form.apply(CANARY);
        String told = ForeignText.clean("you sent <" + echo + "> to us", List.of(Secret.of(CANARY)));

        assertThat(told).startsWith("you sent <").endsWith("> to us").contains("***");
        String core = echo.replace("=", "").substring(4, echo.replace("=", "").length() - 4);
        for (int at = 0; at + 8 <= core.length(); at++) {
            assertThat(told).doesNotContain(core.substring(at, at + 8));
        }
    }

    @Test
    void innocentWordsStay() {
        String text = "AADSTS50011: see https://login.microsoftonline.com/common/oauth2/v2.0/authorize for app"
                + " 00000003-0000-0000-c000-000000000000";

        assertThat(ForeignText.clean(text, List.of(Secret.of("s3cret"), Secret.of("x"), Secret.of(""))))
                .isEqualTo(text.replace("x", "***"));
    }

    @Test
    void aPieceOfATokenOrKeyThatIsNotOurSecretIsHiddenByItsLength() {
        String key = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC".repeat(3);

        assertThat(ForeignText.clean("prefix of it: 0.AXoA" + "bC3_-".repeat(20) + ", " + key, List.of()))
                .isEqualTo("prefix of it: 0.***, -----BEGIN PRIVATE KEY----- ***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u001b[31m", "\u009b2J", "\u0007", "\r\n", "\u2028", "\u202e", "\u200b", "\u0000", "\ud800"})
    void whatMovesACursorOrForgesALineIsABlank(String trick) {
        String told = ForeignText.clean("a" + trick + "b", List.of());

        assertThat(told).matches("a [\\[\\dmJ]*b");
    }

    @Test
    void theRefreshTokenTheSecretAndTheBasicHeaderAreHidden() {
        Accounts account = Accounts.at(words.server.tokenEndpoint()).client("app", Optional.of("CANARY-secret"));
        words.server.nextToken(FakeAnswer.json(
                400,
                "{\"error\":\"invalid_request\",\"error_description\":\"got CANARY-refresh, CANARY%2Dsecret and Basic "
                        + base64("app:CANARY-secret") + "\"}"));

        assertThat(words.of(account, Words.refresh("CANARY-refresh")))
                .contains("invalid_request: got ***, *** and Basic ***. The server misses");
    }

    @Test
    void theCodeAndTheVerifierAreHidden() {
        Grant grant = new Grant.AuthorizationCode(
                Secret.of("CANARY-code"), URI.create("http://127.0.0.1/"), Secret.of("CANARY-verifier"));

        assertThat(words.of(
                        FakeAnswer.json(
                                400,
                                "{\"error\":\"CANARY-code\",\"error_description\":\"" + base64("CANARY-verifier")
                                        + "\"}"),
                        grant))
                .contains("HTTP 400, ***: ***. The server gives no reason");
    }

    @Test
    void theSecretOfARevocationIsHiddenWithItsHeader() {
        OAuthClient client = Accounts.at(words.server.tokenEndpoint())
                .client("app", Optional.of("CANARY-secret"))
                .authentication(ClientAuthentication.BASIC)
                .oauth();
        AuthorizationServer server = new AuthorizationServer("support", client, words.http(), words.clock);
        String body = "{\"error\":\"invalid_client\",\"error_description\":\"" + base64("app:CANARY-secret")
                + " CANARY-token\"}";
        words.server.nextToken(FakeAnswer.json(401, body));

        assertThat(words.of(() -> server.revoke(words.server.tokenEndpoint(), Secret.of("CANARY-token"))))
                .contains("invalid_client: *** ***. ");
    }

    @Test
    void theStateOfAConsentIsHidden() {
        OAuthClient client = Accounts.at(words.server.tokenEndpoint())
                .issuer(words.server.issuer())
                .oauth();
        AuthorizationRequest request = AuthorizationRequest.to(
                new AuthorizationServer("support", client, words.http(), words.clock),
                URI.create("http://127.0.0.1/"),
                "joe@example.com",
                new SecureRandom());
        String state = request.uri().getRawQuery().replaceFirst(".*&state=([^&]+).*", "$1");
        Map<String, String> answer = new HashMap<>(Map.of("state", state, "code", "CANARY-code", "error", "odd"));
        answer.put("error_description", state + " and CANARY-code");

        assertThat(words.of(() -> request.accept(answer))).contains("odd: *** and ***. Nothing was stored");
    }
}
