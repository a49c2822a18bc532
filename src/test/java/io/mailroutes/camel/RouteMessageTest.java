package io.mailroutes.camel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.message.Content;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.FileContent;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.MemoryContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.apache.camel.Message;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.attachment.DefaultAttachmentMessage;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteMessageTest {
    private static final byte[] BROKEN = """
            Subject: hello\r
            Content-Type: multipart/mixed; boundary=b\r
            \r
            --b\r
            Content-Disposition: attachment; filename=a.txt\r
            \r
            text\r
            """.getBytes(US_ASCII);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RouteMessage message =
            new RouteMessage(new DefaultExchange(context), mail(new MemoryContent(BROKEN)));

    @BeforeEach
    void start() {
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private static Mail mail(Content content) {
        return Mail.of(new DeliveryKey("box", "INBOX", 1, 7), Set.of(), Instant.EPOCH, content, MailLimits.DEFAULT);
    }

    @Test
    void nothingIsReadOfAMailThatARouteOnlyPassesOn(@TempDir Path directory) {
        Content unreadable = new FileContent(directory.resolve("missing"), 5);
        RouteMessage passed = new RouteMessage(new DefaultExchange(context), mail(unreadable));
        assertThat(passed.getBody()).isInstanceOf(Mail.class);
        assertThat(passed.getMessageId()).isEqualTo("box/INBOX/1/7");
        assertThatThrownBy(() -> passed.getHeader("MailSubject")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void onlyTheHeadIsReadForAHeaderOfTheHead(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("mail"), BROKEN);
        RouteMessage passed =
                new RouteMessage(new DefaultExchange(context), mail(new FileContent(file, BROKEN.length)));
        assertThat(passed.getHeader("mailsubject", String.class)).isEqualTo("hello");
        Files.delete(file);
        assertThat(passed.getHeader("MailKey")).isEqualTo("box/INBOX/1/7");
        assertThat(passed.getHeader("Nothing", "a default")).isEqualTo("a default");
    }

    @Test
    void aParseErrorIsThereForWhoeverAsksForIt() {
        assertThat(message.getHeader("MAILPARSEERROR", String.class)).isNotBlank();
        assertThat(message.getHeaders()).containsKeys("MailParseError", "MailSubject");
    }

    @Test
    void allHeadersAreAllHeaders() {
        assertThat(message.getHeaders()).containsKeys("MailParseError", "MailSubject", "MailKey");
    }

    @Test
    void whatARouteSetsOrRemovesStaysSo() {
        message.setHeader("MailParseError", "mine");
        message.removeHeader("MailSubject");
        assertThat(message.getHeaders()).containsEntry("MailParseError", "mine").doesNotContainKey("MailSubject");
        message.removeHeaders("Mail*");
        assertThat(message.getHeaders()).isEmpty();
        assertThat(message.getHeader("MailParseError")).isNull();
    }

    @Test
    void aCopyHasEverything() {
        Message copy = message.copy();
        assertThat(copy.getHeaders()).containsKeys("MailParseError", "MailSubject");
        assertThat(attachments(copy).getAttachmentNames()).containsExactly("1-a.txt");
        assertThat(copy.getBody()).isSameAs(message.getBody());
    }

    @Test
    void aCopyThatIsCopiedBackHasAllHeadersAndTheNewBody() {
        RouteMessage kamelet = (RouteMessage) message.copy();
        kamelet.setBody("changed");
        message.copyFrom(kamelet);
        assertThat(message.getBody()).isEqualTo("changed");
        assertThat(message.getHeaders()).containsKeys("MailParseError", "MailSubject");
    }

    @Test
    void whatWasChangedInACopyComesBackWithIt() {
        Message kamelet = message.copy();
        kamelet.setHeader("Own", "x");
        kamelet.removeHeader("MailSubject");
        attachments(kamelet).removeAttachment("1-a.txt");
        message.setHeader("Before", "y");
        message.copyFrom(kamelet);
        assertThat(message.getHeaders())
                .containsEntry("Own", "x")
                .containsKey("MailParseError")
                .doesNotContainKeys("MailSubject", "Before");
        assertThat(attachments(message).getAttachmentNames()).isEmpty();
        assertThat(attachments(message.copy()).getAttachmentNames()).isEmpty();
    }

    @Test
    void theHeadOfALargeMailIsCopiedForItsFileMayBeGone(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("mail"), BROKEN);
        Message tapped =
                new RouteMessage(new DefaultExchange(context), mail(new FileContent(file, BROKEN.length))).copy();
        Files.delete(file);
        assertThat(tapped.getHeaders()).containsKey("MailSubject").doesNotContainKey("MailParseError");
    }

    @Test
    void attachmentsAreThereForWhoeverAsksForThem() {
        assertThat(attachments(message).hasAttachments()).isTrue();
        assertThat(attachments(message).getAttachmentNames()).containsExactly("1-a.txt");
        attachments(message).removeAttachment("1-a.txt");
        assertThat(attachments(message).getAttachmentNames()).isEmpty();
    }

    @Test
    void attachmentsThatARouteClearedDoNotComeBack() {
        attachments(message).clearAttachments();
        assertThat(attachments(message).hasAttachments()).isFalse();
    }

    private static AttachmentMessage attachments(Message message) {
        return new DefaultAttachmentMessage(message);
    }
}
