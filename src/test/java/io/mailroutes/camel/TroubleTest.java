package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.imap.PermanentImapException;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.imap.TransientImapException;
import io.mailroutes.imap.TransientImapException.Kind;
import io.mailroutes.store.StoreException;
import io.mailroutes.token.NeedsLoginException;
import io.mailroutes.token.TransientTokenException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TroubleTest {
    private static final Duration SOON = Duration.ZERO;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    static Stream<Arguments> troubles() {
        return Stream.of(
                lasting(new NeedsLoginException("x"), MailboxState.NEEDS_LOGIN, LoopResult.NEEDS_LOGIN),
                lasting(imap(Reason.CREDENTIALS_REFUSED), MailboxState.NEEDS_LOGIN, LoopResult.NEEDS_LOGIN),
                lasting(imap(Reason.NO_MECHANISM), MailboxState.BROKEN, LoopResult.CONFIGURATION),
                lasting(imap(Reason.NO_FOLDER), MailboxState.BROKEN, LoopResult.CONFIGURATION),
                lasting(imap(Reason.CRITERIA_REFUSED), MailboxState.BROKEN, LoopResult.CONFIGURATION),
                lasting(imap(Reason.NOT_SECURE), MailboxState.BROKEN, LoopResult.UNREACHABLE),
                lasting(imap(Reason.PROTOCOL), MailboxState.BROKEN, LoopResult.UNREACHABLE),
                lasting(new FolderRenumberedException("x", 2), MailboxState.RESYNC, LoopResult.UNREACHABLE),
                lasting(
                        StoreException.of("x", new AccessDeniedException("x")),
                        MailboxState.BROKEN,
                        LoopResult.CONFIGURATION),
                passing(new TransientImapException("x", SOON, null), MailboxState.CONNECTING, SOON),
                passing(new TransientImapException("x", MINUTE, null), MailboxState.THROTTLED, MINUTE),
                passing(of(Kind.SESSION_ENDED, SOON), MailboxState.CONNECTING, SOON),
                passing(of(Kind.MAILBOX_NOT_OPENED, SOON), MailboxState.CONNECTING, SOON),
                passing(of(Kind.BUSY, SOON), MailboxState.THROTTLED, SOON),
                passing(of(Kind.BUSY, MINUTE), MailboxState.THROTTLED, MINUTE),
                passing(of(Kind.CONNECTION, SOON), MailboxState.CONNECTING, SOON),
                passing(new TransientTokenException("x", MINUTE), MailboxState.CONNECTING, MINUTE),
                passing(StoreException.of("x", new IOException("full")), MailboxState.BROKEN, Duration.ofSeconds(10)),
                passing(new NullPointerException("x"), MailboxState.BROKEN, SOON),
                passing(new OutOfMemoryError("x"), MailboxState.BROKEN, SOON));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void everyExceptionHasItsMeaning(
            Throwable failure, MailboxState state, LoopResult end, boolean lasts, Duration least) {
        Trouble trouble = Trouble.of(failure);
        assertThat(trouble.state()).isEqualTo(state);
        assertThat(trouble.result()).isEqualTo(end);
        assertThat(trouble.lasting()).isEqualTo(lasts);
        assertThat(trouble.least()).isEqualTo(least);
        assertThat(trouble.reason()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "SESSION_ENDED, RECYCLED",
        "MAILBOX_NOT_OPENED, UNOPENED",
        "BUSY, PASSING",
        "CONNECTION, PASSING",
    })
    void eachKindOfPassingFailureIsOfItsNature(Kind kind, Trouble.Nature nature) {
        assertThat(Trouble.of(of(kind, SOON)).nature()).isEqualTo(nature);
        assertThat(Trouble.of(new FetchFailedException(of(kind, SOON))).nature())
                .isEqualTo(nature);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void aFetchThatTheServerRefusesStopsNoMailbox(Reason reason) {
        assertThat(Trouble.of(new FetchFailedException(imap(reason))).lasting()).isFalse();
    }

    @Test
    void aServerThatAsksForAPauseDuringAFetchGetsIt() {
        Trouble trouble = Trouble.of(new FetchFailedException(new TransientImapException("busy", MINUTE, null)));
        assertThat(trouble.least()).isEqualTo(MINUTE);
        assertThat(trouble.state()).isEqualTo(MailboxState.THROTTLED);
    }

    @Test
    void whatNobodyExpectedNamesItsClassAndIsOneLine() {
        assertThat(Trouble.of(new IllegalStateException("two\r\nlines")).reason())
                .contains("IllegalStateException")
                .doesNotContain("\n", "\r");
    }

    static TransientImapException of(Kind kind, Duration retryAfter) {
        return new TransientImapException(kind, "x", retryAfter, null);
    }

    private static PermanentImapException imap(Reason reason) {
        return new PermanentImapException(reason, "x", null);
    }

    private static Arguments lasting(Throwable failure, MailboxState state, LoopResult end) {
        return Arguments.of(failure, state, end, true, SOON);
    }

    private static Arguments passing(Throwable failure, MailboxState state, Duration least) {
        return Arguments.of(failure, state, LoopResult.UNREACHABLE, false, least);
    }
}
