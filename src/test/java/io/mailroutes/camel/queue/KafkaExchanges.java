package io.mailroutes.camel.queue;

import io.mailroutes.message.Content;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.MemoryContent;
import java.time.Instant;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** Mails of the account {@code box}, folder {@code Büro}, UIDVALIDITY 1, as a sink gets them. */
final class KafkaExchanges {
    private KafkaExchanges() {}

    static Mail mail(long uid, byte[] raw) {
        return mail(uid, new MemoryContent(raw));
    }

    static Mail mail(long uid, Content raw) {
        return Mail.of(
                new DeliveryKey("box", "Büro", 1, uid),
                Set.of(),
                Instant.parse("2026-03-01T10:00:00Z"),
                raw,
                MailLimits.DEFAULT);
    }

    static Exchange exchange(CamelContext context, Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
