package io.mailroutes.bench;

import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.attachment.AttachmentMessage;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A route from {@code imap:} into files, in the shortest way and with the defaults of the component, until as many mails
 * have come as are expected. Arguments: port, user, password, directory, how many, whether parts.
 */
final class StockMain {
    private final Path directory;
    private final boolean parts;
    private final CountDownLatch left;
    private final AtomicInteger number = new AtomicInteger();

    private StockMain(Path directory, int expected, boolean parts) {
        this.directory = directory;
        this.parts = parts;
        this.left = new CountDownLatch(expected);
    }

    public static void main(String[] arguments) throws Exception {
        StockMain stock = new StockMain(
                Path.of(arguments[3]), Integer.parseInt(arguments[4]), Boolean.parseBoolean(arguments[5]));
        String from = "imap://127.0.0.1:" + arguments[0] + "?username=" + arguments[1] + "&password=RAW(" + arguments[2]
                + ")&initialDelay=0&mapMailMessage=" + stock.parts;
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    Processor sink = stock.parts ? stock::writeParts : stock::writeRaw;
                    from(from).process(sink);
                }
            });
            context.start();
            stock.left.await();
        }
    }

    private void writeRaw(Exchange exchange) throws IOException, MessagingException {
        Path file = directory.resolve(number.incrementAndGet() + ".eml");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            exchange.getIn(MailMessage.class).getOriginalMessage().writeTo(out);
        }
        left.countDown();
    }

    private void writeParts(Exchange exchange) throws IOException {
        Path mail = Files.createDirectory(directory.resolve(Integer.toString(number.incrementAndGet())));
        String text = exchange.getIn().getBody(String.class);
        Files.writeString(mail.resolve("text"), text == null ? "" : text);
        Map<String, DataHandler> attachments =
                exchange.getIn(AttachmentMessage.class).getAttachments();
        for (Map.Entry<String, DataHandler> attachment : attachments.entrySet()) {
            try (InputStream in = attachment.getValue().getInputStream()) {
                Files.copy(in, mail.resolve(attachment.getKey()));
            }
        }
        left.countDown();
    }
}
