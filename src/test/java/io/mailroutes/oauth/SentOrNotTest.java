package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SentOrNotTest {
    static Stream<IOException> before() {
        return Stream.of(
                new ConnectException("refused"),
                new IOException("wrapped", new ConnectException("refused")),
                new IOException("no name", new UnresolvedAddressException()),
                new NoRouteToHostException("none"),
                new HttpConnectTimeoutException("too slow"),
                new SSLHandshakeException("no common version"),
                new IOException("trust", new CertPathBuilderException("unknown")),
                new CaFileException(Optional.empty(), new FileNotFoundException("none")));
    }

    static Stream<IOException> after() {
        return Stream.of(
                new HttpTimeoutException("no whole answer"),
                new EOFException("cut"),
                new SocketException("Connection reset"),
                new SSLException("closed in the middle"),
                new AnswerTooLargeException(1024),
                new IOException("whatever else"));
    }

    static Stream<Failure> notUsable() {
        return Stream.of(
                new Failure.Malformed("it has no token_type"),
                new Failure.NotJson("a web page"),
                new Failure.Narrowed("mail", true));
    }

    static Stream<Failure> nothingDone() {
        return Stream.of(
                new Failure.Unusable("is not made"), new Failure.NotReady("no file"), new Failure.BadOutput("nothing"));
    }

    @ParameterizedTest
    @MethodSource("before")
    void aConnectionThatWasNeverMadeCarriedNothing(IOException reason) {
        assertThat(LostAnswer.in(new Failure.Unreachable(reason))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("after")
    void whatBreaksLaterMayHaveBeenCarriedOut(IOException reason) {
        assertThat(LostAnswer.in(new Failure.Unreachable(reason))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("notUsable")
    void anAnswerThatCannotBeUsedIsLost(Failure failure) {
        assertThat(LostAnswer.in(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("nothingDone")
    void whatIsNotSentIsNotLost(Failure failure) {
        assertThat(LostAnswer.in(failure)).isFalse();
    }

    /** RFC 9110 sections 15.6.1 to 15.6.5, RFC 6585 section 4. */
    @ParameterizedTest
    @CsvSource({
        "200, invalid_grant, false",
        "302, '', false",
        "400, invalid_grant, false",
        "401, invalid_client, false",
        "408, '', false",
        "425, '', false",
        "429, '', false",
        "500, '', true",
        "500, invalid_grant, true",
        "500, temporarily_unavailable, false",
        "502, '', true",
        "503, '', false",
        "504, '', true"
    })
    void aRefusalSaysThatNothingWasDoneAndOtherServerErrorsDoNot(int status, String error, boolean lost) {
        ServerError told = ServerError.of(StrictJson.object(("{\"error\":\"" + error + "\"}").getBytes(UTF_8))
                .orElseThrow());
        assertThat(LostAnswer.in(new Failure.Refused(status, Duration.ZERO, told)))
                .isEqualTo(lost);
    }
}
