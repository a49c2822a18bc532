package io.mailroutes.camel;

import io.mailroutes.message.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.camel.Converter;
import org.apache.camel.TypeConverters;

/**
 * What a {@link Mail} body can be turned into: its raw bytes (RFC 5322) for anything that takes bytes, its text for
 * anything that takes text, and a Jakarta Mail message.
 */
@Converter(generateLoader = true)
public final class MailConverters implements TypeConverters {
    /** The raw mail, byte for byte. */
    @Converter
    public static InputStream toInputStream(Mail mail) throws IOException {
        return mail.raw().open();
    }

    /** The raw mail, byte for byte, all of it in memory. */
    @Converter
    public static byte[] toBytes(Mail mail) throws IOException {
        try (InputStream in = mail.raw().open()) {
            return in.readAllBytes();
        }
    }

    /** The text of the mail; empty when it has none. */
    @Converter
    public static String toText(Mail mail) {
        return mail.text().orElse("");
    }

    /** The mail as Jakarta Mail parses it. */
    @Converter
    public static MimeMessage toMimeMessage(Mail mail) throws IOException, MessagingException {
        try (InputStream in = mail.raw().open()) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }
}
