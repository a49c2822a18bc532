package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.testing.RawImap;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxMailServerTest {
    private static final String JOE = "joe@example.com";
    private static final byte[] MAIL = "From: a@example.org\r\nSubject: one\r\n\r\nText".getBytes(UTF_8);

    private final Map<String, String> live =
            new ConcurrentHashMap<>(Map.of("live", JOE, "also-live", JOE, "eves", "eve@example.com"));
    private SandboxMailServer server;

    @BeforeEach
    void start() {
        server = new SandboxMailServer(token -> Optional.ofNullable(live.get(token)));
        server.addUser(JOE);
        server.addUser("eve@example.com");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String xoauth2(String user, String token) {
        return "user=" + user + "\1auth=Bearer " + token + "\1\1";
    }

    private String authenticate(String user, String token) throws IOException {
        try (RawImap imap = new RawImap(server.imapPort())) {
            return imap.authenticate("XOAUTH2", xoauth2(user, token));
        }
    }

    @Test
    void everyLiveTokenLogsIn() throws Exception {
        assertThat(authenticate(JOE, "live")).startsWith("t1 OK");
        assertThat(authenticate(JOE, "also-live")).startsWith("t1 OK");
    }

    @Test
    void aLiveTokenReadsTheMailThroughJakartaMail() throws Exception {
        Instant date = Instant.parse("2026-10-01T12:30:00Z");
        server.append(JOE, MAIL, date);
        try (Store store = store(JOE, "live")) {
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            Message mail = inbox.getMessage(1);

            assertThat(inbox.getMessageCount()).isEqualTo(1);
            assertThat(mail.getSubject()).isEqualTo("one");
            assertThat(mail.getReceivedDate()).isEqualTo(Date.from(date));
            assertThat(mail.isSet(Flags.Flag.SEEN)).isFalse();
            assertThat(mail.isSet(Flags.Flag.RECENT)).isTrue();
        }
    }

    private Store store(String user, String token) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.imap.auth.mechanisms", "XOAUTH2");
        Store store = Session.getInstance(properties).getStore("imap");
        store.connect(server.host(), server.imapPort(), user, token);
        return store;
    }

    @Test
    void theRawBytesComeBack() throws Exception {
        server.append(JOE, MAIL, Instant.EPOCH);
        try (RawImap imap = new RawImap(server.imapPort())) {
            imap.authenticate("XOAUTH2", xoauth2(JOE, "live"));
            imap.command("EXAMINE INBOX");
            assertThat(imap.command("UID FETCH 1 (BODY.PEEK[])")
                            .get(0)
                            .literals()
                            .get(0))
                    .isEqualTo(MAIL);
        }
    }

    @Test
    void aTokenWithoutInitialResponseLogsInToo() throws Exception {
        try (RawImap imap = new RawImap(server.imapPort())) {
            imap.send("x AUTHENTICATE XOAUTH2");
            assertThat(imap.line()).isEqualTo("+ ");
            imap.send(Base64.getEncoder().encodeToString(xoauth2(JOE, "live").getBytes(UTF_8)));
            assertThat(imap.line()).startsWith("x OK");
        }
    }

    @Test
    void anExpiredTokenIsRefusedWithAChallengeAndTheNextOneWorks() throws Exception {
        live.remove("live");
        try (RawImap imap = new RawImap(server.imapPort())) {
            String challenge = imap.authenticate("XOAUTH2", xoauth2(JOE, "live"));
            assertThat(new String(Base64.getDecoder().decode(challenge.substring(2)), UTF_8))
                    .contains("\"status\":\"401\"");
            imap.send("");
            assertThat(imap.line()).startsWith("t1 NO [AUTHENTICATIONFAILED]");
            assertThat(imap.authenticate("XOAUTH2", xoauth2(JOE, "also-live"))).startsWith("t2 OK");
        }
    }

    @Test
    void aTokenOfAnotherUserIsRefused() throws Exception {
        assertThat(authenticate(JOE, "eves")).startsWith("+ ");
        assertThat(authenticate("eve@example.com", "live")).startsWith("+ ");
        assertThat(authenticate("nobody@example.com", "live")).startsWith("+ ");
    }

    @Test
    void brokenResponsesAreRefused() throws Exception {
        for (String broken : Set.of("", "=", "***", "*", "dXNlcj1qb2U=")) {
            try (RawImap imap = new RawImap(server.imapPort())) {
                imap.send("x AUTHENTICATE XOAUTH2 " + broken);
                assertThat(imap.line()).as(broken).doesNotStartWith("x OK");
            }
        }
    }

    @Test
    void plainAndLoginAreRefusedEvenWithALiveToken() throws Exception {
        try (RawImap imap = new RawImap(server.imapPort())) {
            assertThat(imap.greeting())
                    .contains("AUTH=XOAUTH2", "LOGINDISABLED")
                    .doesNotContain("PLAIN");
            assertThat(imap.authenticate("PLAIN", "\0" + JOE + "\0live")).startsWith("t1 NO");
            imap.send("x LOGIN " + JOE + " live");
            assertThat(imap.line()).startsWith("x NO");
            imap.send("y SELECT INBOX");
            assertThat(imap.line()).startsWith("y BAD");
        }
    }

    @Test
    void mailBySmtpArrivesForKnownUsersOnly() throws Exception {
        sendTo(JOE);
        assertThatThrownBy(() -> sendTo("stranger@example.com")).isInstanceOf(MessagingException.class);
        try (Store store = store(JOE, "live")) {
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            assertThat(inbox.getMessageCount()).isEqualTo(1);
        }
    }

    private void sendTo(String recipient) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", server.host());
        properties.put("mail.smtp.port", server.smtpPort());
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("ada@example.org"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient));
        message.setSubject("by SMTP");
        message.setText("text");
        Transport.send(message);
    }
}
