package io.mailroutes.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.mailroutes.account.Account;
import io.mailroutes.testing.ListedTokens;
import io.mailroutes.testing.SettableClock;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that somebody else wrote. GreenMail takes the password of the user for a token. */
@Timeout(60)
class GreenMailSmtpTest {
    private final GreenMail greenMail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        greenMail.start();
        greenMail.setUser("joe@example.com", "joe@example.com", "second");
        greenMail.setUser("ann@example.com", "ann@example.com", "unused");
    }

    @AfterEach
    void stop() {
        greenMail.stop();
    }

    @Test
    void aStaleTokenIsReplacedAndTheMailArrives() throws Exception {
        ListedTokens tokens = new ListedTokens("first", "second");
        send(tokens);
        assertThat(tokens.rejected()).containsExactly("first");
        assertThat(greenMail.getReceivedMessages()).hasSize(1);
        assertThat(greenMail.getReceivedMessages()[0].getSubject()).isEqualTo("hello");
    }

    @Test
    void aTokenOfNobodySendsNothing() {
        assertThatThrownBy(() -> send(new ListedTokens("first", "third"))).isInstanceOf(PermanentSmtpException.class);
        assertThat(greenMail.getReceivedMessages()).isEmpty();
    }

    private void send(ListedTokens tokens) throws Exception {
        Account account = SmtpAccounts.clear(greenMail.getSmtp().getPort()).token();
        Session session = GuardedTransports.session(
                new Properties(),
                new jakarta.mail.Authenticator() {},
                account,
                account.smtp().orElseThrow(),
                tokens,
                new SettableClock(Instant.EPOCH));
        MimeMessage mail = new MimeMessage(session);
        mail.setFrom(new InternetAddress("joe@example.com"));
        mail.setRecipients(MimeMessage.RecipientType.TO, "ann@example.com");
        mail.setSubject("hello");
        mail.setText("text");
        mail.saveChanges();
        try (var transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", greenMail.getSmtp().getPort(), "joe@example.com", "");
            transport.sendMessage(mail, mail.getAllRecipients());
        }
    }
}
