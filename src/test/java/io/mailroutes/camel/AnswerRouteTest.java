package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedSmtpServer;
import io.mailroutes.testing.ScriptedSmtpServer.Transcript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code routes/examples/answer-mail.camel.yaml}, from a mailbox to the answer on an SMTP server. */
@Timeout(90)
class AnswerRouteTest extends MailboxRoutes {
    private static final Transcript TAKES = c ->
            c.greet("AUTH XOAUTH2").expect("AUTH XOAUTH2 .+").send("235 in").takeMails();
    private static final String ANN = "From: Ann <ann@example.com>\r\nMessage-ID: <1@example.com>\r\n";

    @Test
    void aPersonGetsOneAnswerInTheSameThreadAndAMachineNone() throws Exception {
        append(ANN + "Subject: help\r\nReply-To: \"x, evil@example.net\" <desk@example.com>, evil@example.net\r\n"
                + "To: box@x\r\nBcc: evil@example.net\r\nCamelSmtp: x\r\n");
        append("From: list@example.com\r\nSubject: news\r\nList-Id: <news.example.com>\r\n");
        append("From: bob@example.com\r\nSubject: away\r\nAuto-Submitted: auto-replied\r\n");
        append("Return-Path: <>\r\nFrom: MAILER-DAEMON@example.com\r\nSubject: bounce\r\n");
        try (var smtp = ScriptedSmtpServer.plain(TAKES);
                MailboxHost host = host(smtp)) {
            load(host);
            assertThat(host.result()).isEqualTo(LoopResult.DONE);

            assertThat(smtp.mails()).hasSize(1);
            assertThat(smtp.received())
                    .filteredOn(line -> line.startsWith("RCPT"))
                    .containsExactly("RCPT TO:<desk@example.com>");
            assertThat(smtp.mails().get(0))
                    .contains(
                            "Subject: Re: help\n",
                            "From: joe@example.com\n",
                            "To: desk@example.com\n",
                            "In-Reply-To: <1@example.com>\n",
                            "References: <1@example.com>\n",
                            "Auto-Submitted: auto-replied\n",
                            "Thank you for your mail.")
                    .doesNotContain("evil");
            assertThat(loginOf(smtp)).contains("user=joe@example.com\u0001auth=Bearer ");
            assertSeen(host, 4);
            assertThat(data.resolve("out/box/INBOX")).isDirectoryContaining("glob:**.eml");
        }
    }

    @Test
    void anEncodedLineBreakInASubjectMakesNoHeaderOfTheAnswer() throws Exception {
        append(ANN + "Subject: =?utf-8?q?a=0D=0ABcc:_evil@example.net=0D=0A=0D=0Abody?=\r\n");
        try (var smtp = ScriptedSmtpServer.plain(TAKES);
                MailboxHost host = host(smtp)) {
            load(host);
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(smtp.mails())
                    .singleElement()
                    .asString()
                    .contains("Subject: Re: a")
                    .doesNotContain("\nBcc");
            assertThat(smtp.received())
                    .filteredOn(line -> line.startsWith("RCPT"))
                    .hasSize(1);
        }
    }

    @Test
    void aRefusedLoginLeavesTheMailOnTheServer() throws Exception {
        append(ANN + "Subject: help\r\n");
        try (var smtp = ScriptedSmtpServer.plain(c -> c.greet("AUTH XOAUTH2")
                        .expect("AUTH .+")
                        .send("535 5.7.3 no")
                        .untilClosed());
                MailboxHost host = host(smtp, RunMode.CONTINUOUS)) {
            load(host);
            Await.until("the folder pauses", () -> host.status().state() == MailboxState.SINK_DOWN);
            assertThat(host.flags()).containsOnlyKeys(1L);
            assertThat(host.flags().get(1L)).doesNotContain("\\Seen");
            assertThat(deadLetters()).isEmpty();
            assertThat(smtp.connections()).as("no hammering").isEqualTo(2);
        }
    }

    @Test
    void aRefusedRecipientIsAttemptsAndADeadLetter() throws Exception {
        append(ANN + "Subject: help\r\n");
        try (var smtp = ScriptedSmtpServer.plain(c ->
                        c.greet("AUTH XOAUTH2").expect("AUTH .+").send("235 in").answer("550 5.7.1 refused as spam"));
                MailboxHost host = host(smtp)) {
            load(host);
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(deadLetters()).hasSize(1);
        }
    }

    private static String loginOf(ScriptedSmtpServer smtp) {
        List<String> logins = smtp.received().stream()
                .filter(line -> line.startsWith("AUTH XOAUTH2 "))
                .toList();
        String message = logins.get(0).substring("AUTH XOAUTH2 ".length());
        return new String(Base64.getDecoder().decode(message), UTF_8);
    }

    private void append(String header) {
        server.append(
                MailboxHost.USER, (header + "\r\ntext\r\n").getBytes(UTF_8), Instant.parse("2026-03-01T10:00:00Z"));
    }

    private MailboxHost host(ScriptedSmtpServer smtp) {
        return host(smtp, RunMode.ONCE);
    }

    private MailboxHost host(ScriptedSmtpServer smtp, RunMode mode) {
        return new MailboxHost(
                server.imapPort(),
                data.resolve("data"),
                new Installation.Terms(mode, false, Clock.systemUTC(), MailboxHost.SHORTEST),
                Map.of("smtp-host", "127.0.0.1", "smtp-port", Integer.toString(smtp.port()), "smtp-security", "none"));
    }

    private void load(MailboxHost host) throws Exception {
        String route = Files.readString(Path.of("routes/examples/answer-mail.camel.yaml"))
                .replace("mailbox:support", "mailbox:box?maximumAttempts=2")
                .replace("accounts.support.", "accounts.box.")
                .replace("#support", "#box")
                .replace("smtps://", "smtp://")
                .replace("{{out.directory:out}}", data.resolve("out").toString());
        Resource resource = ResourceHelper.fromString("answer-mail.camel.yaml", route);
        PluginHelper.getRoutesLoader(host.context()).loadRoutes(resource);
        host.context().start();
    }
}
