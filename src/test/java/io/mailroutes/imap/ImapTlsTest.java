package io.mailroutes.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Security;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedImapServer;
import io.mailroutes.testing.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImapTlsTest {
    private final TestCertificates certificates = TestCertificates.create();
    private Path directory = Path.of("");
    private Optional<Path> ca = Optional.empty();

    @BeforeAll
    void writeAuthority(@TempDir Path temporary) throws Exception {
        directory = temporary;
        ca = Optional.of(certificates.caFile(directory));
    }

    @Test
    void aServerOfTheNamedAuthorityIsTrusted() throws Exception {
        try (var server = ScriptedImapServer.tls(certificates.forLocalhost(), c -> c.login("IMAP4rev1 MOVE"))) {
            assertThat(open(server, Security.TLS, ca).has("MOVE")).isTrue();
        }
    }

    @Test
    void anUnknownAuthorityIsNamedAndNothingIsSent() throws Exception {
        assertRefused(certificates.forLocalhost(), Optional.empty(), "unknown authority", "Mailroutes test authority");
    }

    @Test
    void anotherAuthorityThanTheNamedOneIsRefused() throws Exception {
        assertRefused(TestCertificates.create().forLocalhost(), ca, "unknown authority", "ca-file");
    }

    @Test
    void anExpiredCertificateIsRefusedWithItsDates() throws Exception {
        assertRefused(certificates.expired(), ca, "has expired", "valid from");
    }

    @Test
    void aCertificateForOtherNamesIsRefusedAndTheyAreTold() throws Exception {
        assertRefused(
                certificates.forNames("imap.example.org", "*.example.net"), ca, "imap.example.org", "*.example.net");
    }

    @Test
    void systemPropertiesCannotMakeAnyServerTrusted() throws Exception {
        System.setProperty("mail.imap.ssl.trust", "*");
        System.setProperty("mail.imap.ssl.checkserveridentity", "false");
        try {
            assertRefused(certificates.forLocalhost(), Optional.empty(), "unknown authority");
            assertRefused(certificates.forNames("imap.example.org"), ca, "another name");
        } finally {
            System.clearProperty("mail.imap.ssl.trust");
            System.clearProperty("mail.imap.ssl.checkserveridentity");
        }
    }

    @Test
    void aServerInClearTextOnATlsPortIsRefusedInWords() throws Exception {
        try (var server =
                ScriptedImapServer.plain(c -> c.greet("IMAP4rev1 AUTH=XOAUTH2").untilClosed())) {
            assertThat(notSecure(server, Security.TLS, ca)).hasMessageContaining("does not speak TLS on this port");
        }
    }

    @Test
    void startTlsSecuresBeforeTheToken() throws Exception {
        try (var server = ScriptedImapServer.startTls(certificates.forLocalhost(), c -> {
            c.greet("IMAP4rev1 STARTTLS LOGINDISABLED")
                    .expect("STARTTLS")
                    .ok("go")
                    .startTls();
            c.expect("CAPABILITY")
                    .send("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2")
                    .ok("");
            c.expect("AUTHENTICATE XOAUTH2 .+").ok("[CAPABILITY IMAP4rev1 MOVE] in");
        })) {
            assertThat(open(server, Security.STARTTLS, ca).has("MOVE")).isTrue();
        }
    }

    @Test
    void startTlsTakenAwayMeansNothingIsSent() throws Exception {
        try (var server = ScriptedImapServer.startTls(
                certificates.forLocalhost(),
                c -> c.greet("IMAP4rev1 SASL-IR AUTH=XOAUTH2 AUTH=PLAIN").untilClosed())) {
            assertThat(notSecure(server, Security.STARTTLS, ca)).hasMessageContaining("does not offer STARTTLS");
            server.awaitEnd();
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void startTlsRefusedMeansNothingIsSent() throws Exception {
        try (var server = ScriptedImapServer.startTls(certificates.forLocalhost(), c -> {
            c.greet("IMAP4rev1 STARTTLS SASL-IR AUTH=XOAUTH2")
                    .expect("STARTTLS")
                    .bad("not today");
            c.untilClosed();
        })) {
            notSecure(server, Security.STARTTLS, ca);
            server.awaitEnd();
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void whatWasSentBeforeTlsIsNotReadAfterIt() throws Exception {
        try (var server = ScriptedImapServer.startTls(certificates.forLocalhost(), c -> {
            c.greet("IMAP4rev1 STARTTLS SASL-IR AUTH=XOAUTH2").expect("STARTTLS");
            c.ok("go\r\n* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2 INJECTED").startTls();
            c.expect("CAPABILITY").send("* CAPABILITY IMAP4rev1 AUTH=PLAIN").ok("");
            c.untilClosed();
        })) {
            assertThat(catchThrowableOfType(PermanentImapException.class, () -> open(server, Security.STARTTLS, ca))
                            .reason())
                    .isEqualTo(Reason.NO_MECHANISM);
        }
    }

    @Test
    void startTlsChecksTheCertificateToo() throws Exception {
        for (SSLContext bad : new SSLContext[] {certificates.expired(), certificates.forNames("imap.example.org")}) {
            try (var server = ScriptedImapServer.startTls(bad, c -> c.greet("IMAP4rev1 STARTTLS AUTH=XOAUTH2")
                    .expect("STARTTLS")
                    .ok("go")
                    .startTls()
                    .untilClosed())) {
                notSecure(server, Security.STARTTLS, ca);
                server.awaitEnd();
                assertThat(server.received()).noneMatch(line -> line.contains("AUTHENTICATE"));
            }
        }
    }

    @Test
    void aPortWithTlsAskedInClearTextTimesOutAsTransient() throws Exception {
        try (var server = ScriptedImapServer.tls(certificates.forLocalhost(), c -> c.greet("IMAP4rev1"))) {
            ImapSettings hasty =
                    new ImapSettings(directory, Duration.ofSeconds(5), Duration.ofMillis(300), 1 << 20, 1 << 24);
            assertThatThrownBy(() -> ImapConnection.open(
                            Accounts.secured(server.port(), Security.STARTTLS, ca), new ListedTokens("t"), hasty))
                    .isInstanceOf(TransientImapException.class)
                    .hasMessageContaining("did not answer in time");
        }
    }

    @Test
    void aCaFileThatIsNoneIsSaidSo() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        try (var server = ScriptedImapServer.tls(certificates.forLocalhost(), c -> c.greet("IMAP4rev1"))) {
            assertThatThrownBy(() -> open(server, Security.TLS, Optional.of(empty)))
                    .isInstanceOf(ImapException.class)
                    .hasMessageContaining("empty.pem");
        }
    }

    private void assertRefused(SSLContext context, Optional<Path> authority, String... words) throws Exception {
        try (var server = ScriptedImapServer.tls(
                context, c -> c.greet("IMAP4rev1 AUTH=XOAUTH2").untilClosed())) {
            assertThat(notSecure(server, Security.TLS, authority)).hasMessageContainingAll(words);
            server.awaitEnd();
            assertThat(server.received()).noneMatch(line -> line.contains("AUTHENTICATE"));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    private PermanentImapException notSecure(ScriptedImapServer server, Security security, Optional<Path> authority) {
        PermanentImapException error =
                catchThrowableOfType(PermanentImapException.class, () -> open(server, security, authority));
        assertThat(error.reason()).as(error.getMessage()).isEqualTo(Reason.NOT_SECURE);
        return error;
    }

    private ImapConnection open(ScriptedImapServer server, Security security, Optional<Path> authority) {
        return ImapConnection.open(
                Accounts.secured(server.port(), security, authority),
                new ListedTokens("canary-token"),
                ImapSettings.defaults(directory));
    }
}
