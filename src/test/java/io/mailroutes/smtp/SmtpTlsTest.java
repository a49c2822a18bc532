package io.mailroutes.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mailroutes.account.Account;
import io.mailroutes.account.Security;
import io.mailroutes.smtp.PermanentSmtpException.Reason;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.ScriptedSmtpServer;
import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.TestCertificates;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What has to be so before a token is sent. */
@Timeout(30)
class SmtpTlsTest {
    private final TestCertificates certificates = TestCertificates.create();
    private final ListedTokens tokens = new ListedTokens("canary-token");
    private Optional<Path> ca = Optional.empty();

    @TempDir
    private Path directory;

    @BeforeEach
    void trust() throws Exception {
        ca = Optional.of(certificates.caFile(directory));
    }

    @Test
    void implicitTlsOfTheNamedAuthorityIsTrusted() throws Exception {
        try (var server = ScriptedSmtpServer.tls(certificates.forLocalhost(), c -> c.greet("AUTH XOAUTH2")
                .expect("AUTH XOAUTH2 .+")
                .send("235 in")
                .untilClosed())) {
            connect(server, Security.TLS, ca);
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void startTlsSecuresBeforeTheTokenAndTheExtensionsAreAskedForAgain() throws Exception {
        try (var server =
                ScriptedSmtpServer.startTls(certificates.forLocalhost(), c -> c.greet("STARTTLS", "AUTH LOGIN")
                        .expect("STARTTLS")
                        .send("220 go")
                        .startTls()
                        .hello("AUTH XOAUTH2")
                        .expect("AUTH XOAUTH2 .+")
                        .send("235 in")
                        .untilClosed())) {
            connect(server, Security.STARTTLS, ca);
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void startTlsTakenAwayMeansNothingIsSent() throws Exception {
        try (var server = ScriptedSmtpServer.startTls(
                certificates.forLocalhost(), c -> c.greet("AUTH XOAUTH2 PLAIN").untilClosed())) {
            assertThat(notSecure(server, Security.STARTTLS, ca)).hasMessageContaining("does not offer STARTTLS");
            server.awaitEnd();
            assertThat(server.received()).singleElement().asString().startsWith("EHLO");
        }
    }

    @Test
    void startTlsRefusedMeansNothingIsSent() throws Exception {
        try (var server =
                ScriptedSmtpServer.startTls(certificates.forLocalhost(), c -> c.greet("STARTTLS", "AUTH XOAUTH2")
                        .expect("STARTTLS")
                        .send("454 TLS not available")
                        .untilClosed())) {
            assertThat(notSecure(server, Security.STARTTLS, ca)).hasMessageContaining("and then refuses it");
            server.awaitEnd();
            assertThat(server.received()).hasSize(2);
        }
    }

    @Test
    void whatWasInjectedAfterStartTlsIsNotRead() throws Exception {
        try (var server = ScriptedSmtpServer.startTls(certificates.forLocalhost(), c -> c.greet("STARTTLS")
                .expect("STARTTLS")
                .send("220 go\r\n250-injected\r\n250 AUTH PLAIN LOGIN")
                .startTls()
                .hello("AUTH OAUTHBEARER")
                .expect("AUTH OAUTHBEARER .+")
                .send("235 in")
                .untilClosed())) {
            connect(server, Security.STARTTLS, ca);
            assertThat(server.surprises()).isEmpty();
        }
    }

    @Test
    void whatWasOfferedBeforeTlsCountsForNothingAfterIt() throws Exception {
        try (var server =
                ScriptedSmtpServer.startTls(certificates.forLocalhost(), c -> c.greet("STARTTLS", "AUTH XOAUTH2")
                        .expect("STARTTLS")
                        .send("220 go")
                        .startTls()
                        .expect("EHLO .+")
                        .send("500 no")
                        .untilClosed())) {
            SmtpException error = refused(server, Security.STARTTLS, ca);
            assertThat(error).hasMessageContaining("the server said");
            server.awaitEnd();
            assertThat(server.received()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    @Test
    void anUnknownAuthorityIsNamedAndNothingIsSent() throws Exception {
        assertRefused(certificates.forLocalhost(), Optional.empty(), "unknown authority", "ca-file");
    }

    @Test
    void anExpiredCertificateIsRefusedWithItsDates() throws Exception {
        assertRefused(certificates.expired(), ca, "has expired", "valid from");
    }

    @Test
    void aCertificateForOtherNamesIsRefusedAndTheyAreTold() throws Exception {
        assertRefused(certificates.forNames("smtp.example.org"), ca, "for another name", "smtp.example.org");
    }

    @Test
    void systemPropertiesCannotMakeAnyServerTrusted() throws Exception {
        for (String protocol : new String[] {"smtp", "smtps"}) {
            System.setProperty("mail." + protocol + ".ssl.trust", "*");
            System.setProperty("mail." + protocol + ".ssl.checkserveridentity", "false");
        }
        try {
            assertRefused(certificates.forLocalhost(), Optional.empty(), "unknown authority");
            assertRefused(certificates.forNames("smtp.example.org"), ca, "another name");
        } finally {
            for (String protocol : new String[] {"smtp", "smtps"}) {
                System.clearProperty("mail." + protocol + ".ssl.trust");
                System.clearProperty("mail." + protocol + ".ssl.checkserveridentity");
            }
        }
    }

    @Test
    void aServerInClearTextOnATlsPortIsRefusedInWords() throws Exception {
        try (var server = ScriptedSmtpServer.plain(c -> c.send("220 scripted").untilClosed())) {
            assertThat(notSecure(server, Security.TLS, ca)).hasMessageContaining("does not speak TLS here");
        }
    }

    private void assertRefused(SSLContext certificate, Optional<Path> trusted, String... words) throws Exception {
        try (var server =
                ScriptedSmtpServer.tls(certificate, c -> c.greet("AUTH XOAUTH2").untilClosed())) {
            assertThat(notSecure(server, Security.TLS, trusted)).hasMessageContainingAll(words);
            assertThat(server.received()).noneMatch(line -> line.startsWith("AUTH"));
        }
        try (var server = ScriptedSmtpServer.startTls(certificate, c -> c.greet("STARTTLS")
                .expect("STARTTLS")
                .send("220 go")
                .startTls()
                .hello("AUTH XOAUTH2")
                .untilClosed())) {
            assertThat(notSecure(server, Security.STARTTLS, trusted)).hasMessageContainingAll(words);
            assertThat(server.received()).noneMatch(line -> line.startsWith("AUTH"));
        }
    }

    private PermanentSmtpException notSecure(ScriptedSmtpServer server, Security security, Optional<Path> trusted) {
        SmtpException error = refused(server, security, trusted);
        assertThat(error)
                .isInstanceOf(PermanentSmtpException.class)
                .hasMessageContaining("account support at localhost");
        assertThat(((PermanentSmtpException) error).reason()).isEqualTo(Reason.NOT_SECURE);
        return (PermanentSmtpException) error;
    }

    private SmtpException refused(ScriptedSmtpServer server, Security security, Optional<Path> trusted) {
        return catchThrowableOfType(SmtpException.class, () -> connect(server, security, trusted));
    }

    private void connect(ScriptedSmtpServer server, Security security, Optional<Path> trusted) throws Exception {
        Account account = SmtpAccounts.secured(server.port(), security, trusted).token();
        Session session = GuardedTransports.session(
                new Properties(),
                new jakarta.mail.Authenticator() {},
                account,
                account.smtp().orElseThrow(),
                tokens,
                new SettableClock(Instant.EPOCH));
        try (Transport transport = session.getTransport(security == Security.TLS ? "smtps" : "smtp")) {
            transport.connect("localhost", server.port(), "joe@example.com", "");
        }
    }
}
