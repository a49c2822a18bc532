package io.mailroutes.camel.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Secret;
import io.mailroutes.message.Content;
import io.mailroutes.message.MemoryContent;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {
    /** The test vector that the reference libraries of Standard Webhooks share. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant TIME = Instant.ofEpochSecond(1_614_265_330);
    private static final Content BODY = new MemoryContent("{\"test\": 2432232314}".getBytes(UTF_8));
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static Signatures of(String... secrets) {
        return Signatures.of(List.of(secrets).stream()
                .map(secret -> new Signatures.Named("hook", Secret.of(secret)))
                .toList());
    }

    @Test
    void thePublishedVectorIsMetToTheLetter() throws Exception {
        assertThat(of(SECRET).sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
        assertThat(of(" " + SECRET + "\n").sign(ID, TIME, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void aSecretThatIsBeingChangedSignsBesideTheNewOne() throws Exception {
        String both = of("a raw secret of more than 24 bytes", SECRET).sign(ID, TIME, BODY);
        assertThat(both.split(" ")).hasSize(2).contains(SIGNATURE);
    }

    @Test
    void aSecretWithoutThePrefixIsItsOwnBytes() throws Exception {
        String raw = "a raw secret of more than 24 bytes";
        String signature = of(raw).sign("box/INBOX/1/7", TIME, BODY);
        Receiver.Got request = new Receiver.Got(
                "POST",
                "/",
                Map.of(
                        "webhook-id", List.of("box/INBOX/1/7"),
                        "webhook-timestamp", List.of("1614265330"),
                        "webhook-signature", List.of(signature)),
                "{\"test\": 2432232314}".getBytes(UTF_8));
        assertThat(Verification.isSigned(request, raw.getBytes(UTF_8))).isTrue();
        assertThat(Verification.isSigned(request, Base64.getDecoder().decode(SECRET.substring(6))))
                .isFalse();
    }

    @Test
    void anotherIdTimeOrBodyHasAnotherSignature() throws Exception {
        Signatures signatures = of(SECRET);
        assertThat(List.of(
                        signatures.sign(ID, TIME, BODY),
                        signatures.sign(ID + "x", TIME, BODY),
                        signatures.sign(ID, TIME.plusSeconds(1), BODY),
                        signatures.sign(ID, TIME, new MemoryContent(new byte[0]))))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2-canary",
                "whsec_Y2FuYXJ5",
                "whsec_canary!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
                "whsk_canaryMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                ""
            })
    void aSecretThatIsNoneIsRefusedInWordsThatDoNotShowIt(String secret) {
        assertThatThrownBy(() -> of(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .message()
                .startsWith("mail-webhook-sink: the secret mailroutes.secrets.hook ")
                .doesNotContain("canary")
                .doesNotContain("Y2FuYXJ5");
    }
}
