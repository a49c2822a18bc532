package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.QueueSettings.Certificate;
import io.mailroutes.account.QueueSettings.Listen;
import io.mailroutes.account.QueueSettings.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueSettingsTest {
    private static final String URL = "mailroutes.queue.url";
    private static final String LISTEN = "mailroutes.queue.listen";
    private static final String USER = "mailroutes.queue.user";
    private static final String PASSWORD = "mailroutes.queue.password";

    private static Given login() {
        return Given.nothing().with(USER, "reader").with(PASSWORD, "canary");
    }

    private static Configuration read(Given given) {
        return given.read();
    }

    @Test
    void theDefaultIsTheEmbeddedBrokerThatNobodyReads() {
        assertThat(Given.nothing().read().settings().queue()).isEqualTo(QueueSettings.DEFAULT);
        assertThat(QueueSettings.DEFAULT.embedded()).isTrue();
    }

    @Test
    void aUrlMeansThatThereIsNoEmbeddedBroker() {
        QueueSettings queue = login().with(URL, "amqps://broker.example.com")
                .read()
                .settings()
                .queue();

        assertThat(queue.embedded()).isFalse();
        assertThat(queue.url()).contains("amqps://broker.example.com");
        assertThat(queue.login()).contains(new Login("reader", Secret.of("canary")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://broker:61616?sslEnabled=true",
                "(tcp://a:61616,tcp://b:61616)?ha=true&sslEnabled=true",
                "tcp://127.0.0.1:61616",
                "tcp://[::1]:61616",
                "amqp://localhost:5672?jms.sendTimeout=1000",
                "failover:(amqps://a,amqps://b)?failover.maxReconnectAttempts=2",
            })
    void aUrlOfAKnownKindIsTakenWithoutAWord(String url) {
        Configuration configuration = Given.nothing().with(URL, url).read();

        assertThat(configuration.settings().queue().url()).contains(url);
        assertThat(configuration.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://broker:61616, broker",
        "'(tcp://a:1,tcp://b:2)', 'a, b'",
        "'failover:(amqp://a,amqps://b)', a",
        "amqp://10.0.0.7, 10.0.0.7",
    })
    void clearTextBeyondThisMachineIsWarnedOf(String url, String hosts) {
        assertThat(Given.nothing().with(URL, url).read().warnings())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .contains(URL, "'" + hosts + "' without encryption");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker:61616", "http://broker", "ssl://broker:61617", "canary", "://", "TCP://broker"})
    void aUrlOfAnotherKindIsRefusedAndNotShown(String url) {
        assertThat(Given.nothing().with(URL, url).problems())
                .singleElement()
                .asString()
                .startsWith(URL + ": must begin with tcp://")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://", "tcp://:61616", "tcp:broker", "failover:()", "amqp://?x=y"})
    void aUrlWithoutAHostIsRefused(String url) {
        assertThat(Given.nothing().with(URL, url).problems())
                .containsExactly(URL + ": names no host: write something like tcp://broker.example.com:61616");
    }

    @Test
    void theBrokerInThisProgramIsReachedByNoUrl() {
        assertThat(Given.nothing().with(URL, "vm://0").problems())
                .containsExactly(URL + ": no broker in this program is reached by a URL: delete the line for the"
                        + " embedded one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://joe:canary@broker:61616",
                "tcp://broker:61616?user=joe&password=canary",
                "amqp://broker?jms.username=joe&jms.password=canary",
                "failover:(amqp://broker)?jms.password=canary",
            })
    void aPasswordInTheUrlIsRefusedAndNotShown(String url) {
        assertThat(Given.nothing().with(URL, url).problems())
                .containsExactly(URL + ": must not hold a user name or a password: use mailroutes.queue.user and"
                        + " mailroutes.queue.password");
    }

    @Test
    void userAndPasswordGoTogether() {
        assertThat(Given.nothing().with(USER, "joe").problems())
                .containsExactly(USER + ": needs mailroutes.queue.password too: set both or none");
        assertThat(Given.nothing().with(PASSWORD, "canary").problems())
                .containsExactly(PASSWORD + ": needs mailroutes.queue.user too: set both or none");
    }

    @Test
    void aPasswordIsShownNowhere() {
        assertThat(login().read().toString()).contains("reader").doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:61616, 127.0.0.1, 61616",
        "61616, 127.0.0.1, 61616",
        "localhost:0, localhost, 0",
        "[::1]:5672, ::1, 5672",
    })
    void itListensOnThisMachine(String text, String host, int port) {
        Configuration configuration = login().with(LISTEN, text).read();

        assertThat(configuration.settings().queue().listen()).contains(new Listen(host, port, Optional.empty()));
        assertThat(configuration.warnings()).isEmpty();
    }

    @Test
    void withoutAPasswordOtherUsersOfTheMachineAreWarnedOf() {
        assertThat(read(Given.nothing().with(LISTEN, "127.0.0.1:61616")).warnings())
                .extracting(Problem::text)
                .singleElement()
                .asString()
                .contains("every user of this machine can read and delete the mails");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "x:y", "127.0.0.1:99999", "http://127.0.0.1:1", "::1:5672", "a b:1 2"})
    void whatIsNoAddressIsRefused(String text) {
        assertThat(login().with(LISTEN, text).problems())
                .containsExactly(LISTEN + ": '" + text + "' is not HOST:PORT, such as 127.0.0.1:61616");
    }

    @Test
    void noHostIsNotEveryHost() {
        assertThat(login().with(LISTEN, ":61616").problems())
                .singleElement()
                .asString()
                .contains("names no host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:61616", "[::]:61616", "192.168.1.7:61616", "broker.example.com:61616"})
    void beyondThisMachineNothingIsReadWithoutAPasswordAndTls(String text, @TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("broker.p12"), "");
        Given tls = Given.nothing()
                .in(directory)
                .with(LISTEN, text)
                .with("mailroutes.queue.key-store", "broker.p12")
                .with("mailroutes.queue.key-store-password", "canary");

        for (Given half : new Given[] {Given.nothing().with(LISTEN, text), login().with(LISTEN, text), tls}) {
            assertThat(half.problems())
                    .singleElement()
                    .asString()
                    .contains("is not this machine alone, so readers need a password and TLS")
                    .doesNotContain("canary");
        }
        assertThat(tls.with(USER, "reader")
                        .with(PASSWORD, "canary")
                        .read()
                        .settings()
                        .queue()
                        .listen()
                        .orElseThrow()
                        .certificate())
                .contains(new Certificate(directory.resolve("broker.p12"), Secret.of("canary")));
    }

    @Test
    void aKeyStoreHasAPasswordAndIsThere() {
        assertThat(Given.nothing().with("mailroutes.queue.key-store", "x.p12").problems())
                .containsExactly("mailroutes.queue.key-store: needs mailroutes.queue.key-store-password too: set both"
                        + " or none");
        assertThat(Given.nothing()
                        .with("mailroutes.queue.key-store", "x.p12")
                        .with("mailroutes.queue.key-store-password", "canary")
                        .problems())
                .singleElement()
                .asString()
                .startsWith("mailroutes.queue.key-store: 'x.p12' does not exist");
    }

    @Test
    void listeningForAnotherBrokerIsWarnedOf() {
        assertThat(login().with(LISTEN, "61616")
                        .with(URL, "amqps://broker")
                        .read()
                        .warnings())
                .extracting(Problem::text)
                .singleElement()
                .asString()
                .startsWith("without effect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "0", "TRUE"})
    void embeddedIsTrueOrFalse(String text) {
        assertThat(Given.nothing().with("mailroutes.queue.embedded", text).problems())
                .containsExactly("mailroutes.queue.embedded: '" + text + "' is neither true nor false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10g", "-1", "0", "1000", "99999999999999999999"})
    void aSizeIsANumberOfBytesThatHoldsAMail(String text) {
        assertThat(Given.nothing().with("mailroutes.queue.maximum-size", text).problems())
                .containsExactly("mailroutes.queue.maximum-size: '" + text
                        + "' is not a number of bytes of at least 67108864 (64 MiB)");
    }

    @Test
    void aSlipIsRefusedWithTheRightKey() {
        assertThat(Given.nothing().with("mailroutes.queue.maximumSize", "1").problems())
                .containsExactly("mailroutes.queue.maximumSize: unknown key; did you mean"
                        + " 'mailroutes.queue.maximum-size'?");
        assertThat(Given.nothing().with("mailroutes.queues.url", "x").problems())
                .singleElement()
                .asString()
                .contains("did you mean 'mailroutes.queue.url'?");
    }
}
