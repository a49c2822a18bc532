package io.mailroutes.camel.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mailroutes.message.Attachment;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * A mail as {@code multipart/form-data} (RFC 7578): the part {@code mail} with the JSON form, and {@code attachment-1},
 * {@code attachment-2}, ... in its order. The names of files are the safe ones.
 */
final class Form {
    /** RFC 6838 section 4.2; what a sender calls a type may be anything. */
    private static final Pattern TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}");

    private static final Pattern NOT_IN_QUOTES = Pattern.compile("[^ !#-\\[\\]-~]");
    private static final int BOUNDARY_BYTES = 24;

    private final String boundary;

    /** @param random what no sender can foresee, so that no attachment holds the boundary */
    Form(RandomGenerator random) {
        byte[] bytes = new byte[BOUNDARY_BYTES];
        random.nextBytes(bytes);
        this.boundary = "mailroutes-" + HexFormat.of().formatHex(bytes);
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    void writeTo(Mail mail, OutputStream out) throws IOException {
        write(
                out,
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"mail\"\r\n"
                        + "Content-Type: application/json\r\n\r\n");
        // First, for it finds out which attachments cannot be decoded.
        MailJson.write(mail, out);
        int number = 0;
        for (Attachment attachment : mail.attachments()) {
            write(out, "\r\n--" + boundary + "\r\n" + head(attachment, ++number) + "\r\n");
            try (InputStream in = attachment.content().open()) {
                in.transferTo(out);
            }
        }
        write(out, "\r\n--" + boundary + "--\r\n");
    }

    private static String head(Attachment attachment, int number) {
        String type = TYPE.matcher(attachment.type()).matches() ? attachment.type() : "application/octet-stream";
        return "Content-Disposition: form-data; name=\"attachment-" + number + "\"; filename=\""
                + NOT_IN_QUOTES.matcher(attachment.safeName()).replaceAll("_") + "\"\r\nContent-Type: " + type + "\r\n";
    }

    private static void write(OutputStream out, String ascii) throws IOException {
        out.write(ascii.getBytes(US_ASCII));
    }
}
