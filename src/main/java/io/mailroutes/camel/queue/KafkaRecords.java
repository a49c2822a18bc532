package io.mailroutes.camel.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.camel.MailHeaders;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailJson;
import java.io.IOException;
import java.io.InputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Makes the record of a mail: its delivery key as the key, its bytes as the value, and a fixed set of headers with
 * nothing in them that a sender wrote. Never holds more than one record may have.
 */
final class KafkaRecords {
    /** What is written of a mail. */
    enum Format {
        /** The JSON form, without the bytes of attachments. */
        JSON("application/json"),
        /** The raw mail, byte for byte (RFC 5322). */
        RAW("message/rfc822");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }
    }

    static final String WHAT_TO_RAISE = "raise maxRequestSize here and max.message.bytes of the topic"
            + " (message.max.bytes of the broker); or use format=json, which leaves attachments out, beside a"
            + " mail-file-sink that keeps the whole mail under the same key";

    /** Room for what Kafka and our headers add to key and value. */
    private static final int OVERHEAD = 2048;

    private final String topic;
    private final Format format;
    private final int maxRequestSize;

    KafkaRecords(String topic, Format format, int maxRequestSize) {
        this.topic = topic;
        this.format = format;
        this.maxRequestSize = maxRequestSize;
    }

    /**
     * @throws KafkaRefusedException when it would be larger than a request may be
     * @throws IOException when the mail cannot be read
     */
    ProducerRecord<String, byte[]> of(Mail mail) throws IOException, KafkaRefusedException {
        String key = mail.key().text();
        int most = maxRequestSize - OVERHEAD - key.getBytes(UTF_8).length;
        byte[] value = format == Format.RAW ? raw(mail, most) : json(mail, most);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
        putHeaders(mail, record.headers());
        return record;
    }

    private byte[] raw(Mail mail, int most) throws IOException, KafkaRefusedException {
        long size = mail.raw().size();
        if (size > most) {
            throw tooLarge(mail, "the mail has " + size + " bytes");
        }
        try (InputStream in = mail.raw().open()) {
            return in.readAllBytes();
        }
    }

    private byte[] json(Mail mail, int most) throws IOException, KafkaRefusedException {
        BoundedBytes bytes = new BoundedBytes(most);
        try {
            MailJson.write(mail, bytes);
        } catch (BoundedBytes.Overflow over) {
            throw tooLarge(mail, "its JSON form has more than " + most + " bytes");
        }
        return bytes.toByteArray();
    }

    private KafkaRefusedException tooLarge(Mail mail, String what) {
        return new KafkaRefusedException("mail-kafka-sink: " + mail.key() + " is not delivered, " + what
                + ", more than a record within maxRequestSize=" + maxRequestSize + " can have: " + WHAT_TO_RAISE);
    }

    private void putHeaders(Mail mail, Headers headers) {
        DeliveryKey key = mail.key();
        put(headers, "Content-Type", format.contentType);
        put(headers, MailHeaders.KEY, key.text());
        put(headers, MailHeaders.ACCOUNT, key.account());
        put(headers, MailHeaders.FOLDER, key.folder());
        put(headers, MailHeaders.UID_VALIDITY, Long.toString(key.uidValidity()));
        put(headers, MailHeaders.UID, Long.toString(key.uid()));
        put(headers, MailHeaders.SIZE, Long.toString(mail.raw().size()));
        put(headers, MailHeaders.INTERNAL_DATE, mail.internalDate().toString());
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
