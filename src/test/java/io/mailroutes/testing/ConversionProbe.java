package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.MemoryContent;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConverter;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Run in a JVM of its own: prints what the type converters on its class path make of things, a line for each. */
public final class ConversionProbe {
    private ConversionProbe() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Files.writeString(directory.resolve("in.txt"), "a file");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            TypeConverter converter = context.getTypeConverter();
            Object file = context.createConsumerTemplate()
                    .receiveBody("file:" + directory + "?fileName=in.txt&noop=true", 10_000);
            print("file to string", converter.mandatoryConvertTo(String.class, file));
            print("file to stream", read(converter.mandatoryConvertTo(InputStream.class, file)));
            // Jackson's converter wants an exchange, which a route always has.
            Exchange exchange = new DefaultExchange(context);
            JsonNode json = converter.mandatoryConvertTo(JsonNode.class, exchange, "{\"a\":1}");
            print("string to json", json.path("a"));
            Mail mail = mail();
            print("mail to string", converter.mandatoryConvertTo(String.class, mail));
            print("mail to stream", read(converter.mandatoryConvertTo(InputStream.class, mail)));
            print(
                    "mail to message",
                    converter.mandatoryConvertTo(MimeMessage.class, mail).getSubject());
            MimeMessage message = new MimeMessage(Session.getInstance(new Properties()));
            message.setText("of a message");
            message.saveChanges();
            print("message to string", converter.mandatoryConvertTo(String.class, (Message) message));
        }
    }

    private static Mail mail() {
        byte[] raw = "Subject: probe\r\n\r\nof a mail\r\n".getBytes(UTF_8);
        DeliveryKey key = new DeliveryKey("support", "INBOX", 1, 2);
        return Mail.of(key, Set.of(), Instant.EPOCH, new MemoryContent(raw), MailLimits.DEFAULT);
    }

    private static String read(InputStream in) throws Exception {
        try (in) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void print(String what, Object result) {
        System.out.println(what + ": " + result.toString().strip().replace("\r\n", "|"));
    }
}
