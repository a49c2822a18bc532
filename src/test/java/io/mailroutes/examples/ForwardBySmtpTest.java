package io.mailroutes.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.ScriptedSmtpServer;
import io.mailroutes.testing.ScriptedSmtpServer.Transcript;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code routes/examples/forward-by-smtp.camel.yaml}. */
@Timeout(90)
class ForwardBySmtpTest {
    private static final Transcript TAKES = c ->
            c.greet("AUTH XOAUTH2").expect("AUTH XOAUTH2 .+").send("235 in").takeMails();
    private static final String MAIL = """
            From: Ann <ann@example.org>
            To: box@example.com, evil@example.net
            Bcc: evil@example.net
            Subject: =?utf-8?q?broken=0D=0ABcc:_evil@example.net?=
            MailSendTo: evil@example.net
            CamelMailTo: evil@example.net
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            the lamp is broken
            --b
            Content-Type: image/png
            Content-Disposition: attachment; filename="lamp.png"

            picture
            --b--
            """;

    @TempDir
    private Path directory;

    @Test
    void aMailGoesOnWithTextAndAttachmentsToTheConfiguredAddressAlone() throws Exception {
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.plain(TAKES);
                ExampleHost host = host(smtp)) {
            host.append(MAIL);
            host.start();
            host.awaitDelivered(1);
            assertThat(smtp.received())
                    .filteredOn(line -> line.startsWith("RCPT"))
                    .containsExactly("RCPT TO:<team@example.com>");
            assertThat(smtp.mails())
                    .singleElement()
                    .asString()
                    .contains(
                            "From: box@example.com\n",
                            "To: team@example.com\n",
                            "Reply-To: ann@example.org\n",
                            "Auto-Submitted: auto-generated\n",
                            "Subject: Fwd: broken",
                            "the lamp is broken",
                            "lamp.png")
                    .doesNotContain("\nBcc", "MailSendTo");
        }
    }

    @Test
    void whatAMachineSentGoesNoFurther() throws Exception {
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.plain(TAKES);
                ExampleHost host = host(smtp)) {
            host.append("From: team@example.com\nSubject: Fwd: x\nAuto-Submitted: auto-generated\n\nmine, come back\n");
            host.append("From: ann@example.org\nSubject: y\n\ntext\n");
            host.start();
            host.awaitDelivered(2);
            assertThat(smtp.mails()).singleElement().asString().contains("Subject: Fwd: y\n");
        }
    }

    @Test
    void aServerThatIsAwayKeepsTheMail() throws Exception {
        ScriptedSmtpServer smtp = ScriptedSmtpServer.plain(TAKES);
        smtp.close();
        try (ExampleHost host = host(smtp)) {
            host.append(MAIL);
            host.start();
            host.awaitSinkDown();
            assertThat(host.delivered()).isZero();
            assertThat(host.failed()).isZero();
        }
    }

    private ExampleHost host(ScriptedSmtpServer smtp) throws Exception {
        return new ExampleHost("forward-by-smtp", "support", directory)
                .changed("forward-by-smtp", "smtps://", "smtp://")
                .account("smtp-host", "127.0.0.1")
                .account("smtp-port", Integer.toString(smtp.port()))
                .account("smtp-security", "none");
    }
}
