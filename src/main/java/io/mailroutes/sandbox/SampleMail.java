package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A mail of the sandbox.
 *
 * @param mailbox {@code support}, {@code invoices} or {@code orders}
 * @param resource its file beside this class
 * @param failsInRoute whether the mailbox's route refuses it, so that it ends in the dead letters
 */
record SampleMail(String mailbox, String resource, boolean failsInRoute) {
    /** Every sample, oldest first within its mailbox. */
    static List<SampleMail> all() {
        return List.of(
                good("support", "support-plain.eml"),
                good("support", "support-utf8-subject.eml"),
                good("support", "support-html.eml"),
                good("support", "support-hostile-headers.eml"),
                good("support", "support-unknown-charset.eml"),
                good("invoices", "invoices-two-attachments.eml"),
                good("invoices", "invoices-duplicate-names.eml"),
                good("invoices", "invoices-broken-base64.eml"),
                good("invoices", "invoices-forwarded.eml"),
                good("orders", "orders-1001.eml"),
                good("orders", "orders-1002.eml"),
                new SampleMail("orders", "orders-without-number.eml", true),
                good("orders", "orders-1003.eml"));
    }

    private static SampleMail good(String mailbox, String resource) {
        return new SampleMail(mailbox, resource, false);
    }

    /** The mail with the line ends of RFC 5322, whatever the check-out made of them. */
    byte[] bytes() {
        try (InputStream in = SampleMail.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The jar is incomplete: no " + resource);
            }
            String text = new String(in.readAllBytes(), ISO_8859_1);
            return text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar cannot be read: " + resource, e);
        }
    }
}
