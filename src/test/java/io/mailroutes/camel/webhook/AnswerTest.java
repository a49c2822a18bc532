package io.mailroutes.camel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.camel.SinkException;
import io.mailroutes.camel.SinkFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerTest {
    private static final Target WHERE = Target.of("https://h.example/canary?canary", false);

    @ParameterizedTest
    @CsvSource({
        "301, SINK, false",
        "302, SINK, false",
        "307, SINK, false",
        "400, MAIL, false",
        "401, SINK, false",
        "403, SINK_OR_MAIL, false",
        "404, SINK_OR_MAIL, false",
        "407, SINK, false",
        "408, SINK, true",
        "409, SINK_OR_MAIL, true",
        "410, SINK, false",
        "413, MAIL, false",
        "415, SINK_OR_MAIL, false",
        "422, MAIL, false",
        "425, SINK, true",
        "429, SINK, true",
        "500, SINK_OR_MAIL, true",
        "501, SINK_OR_MAIL, false",
        "502, SINK_OR_MAIL, true",
        "503, SINK, true",
        "504, SINK_OR_MAIL, true",
        "599, SINK_OR_MAIL, true",
        "700, SINK_OR_MAIL, true"
    })
    void everyRefusalIsSomebodys(int status, SinkFailure.Kind kind, boolean again) {
        Answer answer = new Answer(status, Duration.ofSeconds(7));
        assertThat(answer.isTaken()).isFalse();
        assertThat(answer.isWorthAnotherTry()).isEqualTo(again);
        SinkException failure = answer.failure(WHERE);
        assertThat(SinkFailure.kind(new IllegalStateException(failure))).isEqualTo(kind);
        assertThat(failure.getMessage())
                .startsWith("mail-webhook-sink: https://h.example answered " + status + ": ")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void twoHundredsAreTaken(int status) {
        assertThat(new Answer(status, Duration.ZERO).isTaken()).isTrue();
    }

    @Test
    void aReceiverThatIsGoneIsAskedOnceAnHour() {
        SinkException failure = new Answer(410, Duration.ZERO).failure(WHERE);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(failure).hasMessageContaining("wants no webhooks any more").hasMessageContaining("once an hour");
    }
}
