package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Multiparts as they should not be. */
class MultipartTest {
    @Test
    void anEmptyMultipartHasNoParts() {
        Mail mail = Mails.mail("Content-Type: multipart/mixed; boundary=b\n\n--b--\n");
        assertThat(mail.text()).isEmpty();
        assertThat(mail.attachments()).isEmpty();
        assertThat(mail.parseError()).contains("multipart 1 has no parts");
    }

    @Test
    void aMultipartWhoseBoundaryNeverComesIsText() {
        Mail mail = Mails.mail("Content-Type: multipart/mixed; boundary=b\n\nstill here\n");
        assertThat(mail.text()).contains("still here\n");
        assertThat(mail.parseError()).isPresent();
    }

    @Test
    void aMissingBoundaryIsFoundInTheBody() {
        Mail mail = Mails.mail(
                "Content-Type: multipart/mixed\n\n--zz\n\none\n--zz\nContent-Type: image/png\n\ntwo\n--zz--\n");
        assertThat(mail.text()).contains("one");
        assertThat(mail.attachments()).hasSize(1);
    }

    @Test
    void aTruncatedMultipartGivesWhatThereIs() throws IOException {
        Mail mail = Mails.mail("""
                Content-Type: multipart/mixed; boundary=b

                --b

                text
                --b
                Content-Type: image/png
                Content-Transfer-Encoding: base64

                AAECAwQ""");
        assertThat(mail.text()).contains("text");
        assertThat(BodyTest.read(mail.attachments().get(0).content())).containsExactly(0, 1, 2, 3, 4);
        assertThat(mail.parseError()).contains("multipart 1 has no end: the mail may be truncated");
    }

    @Test
    void aPartWithoutAHeaderEndKeepsItsText() {
        Mail mail = Mails.mail(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nno header here\n--b\nContent-Type: image/png\n--b--\n");
        assertThat(mail.text()).contains("no header here");
        assertThat(mail.attachments())
                .singleElement()
                .satisfies(a -> assertThat(a.content().size()).isZero());
    }

    @Test
    void boundariesThatResembleEachOtherAreKeptApart() {
        Mail mail = Mails.mail("""
                Content-Type: multipart/mixed; boundary=b

                --b
                Content-Type: multipart/alternative; boundary=bb

                --bb

                text
                --bb
                Content-Type: text/html

                <i>x</i>
                --bb--
                --b
                Content-Type: image/png

                x
                --b--
                """);
        assertThat(mail.text()).contains("text");
        assertThat(mail.html()).contains("<i>x</i>");
        assertThat(mail.attachments()).extracting(Attachment::path).containsExactly("2");
        assertThat(mail.parseError()).isEmpty();
    }

    @Test
    void partsOfADigestAreMails() {
        Mail mail = Mails.mail("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: one\n\nx\n--b--\n");
        assertThat(mail.attachments()).extracting(Attachment::type).containsExactly("message/rfc822");
        assertThat(mail.text()).isEmpty();
    }
}
