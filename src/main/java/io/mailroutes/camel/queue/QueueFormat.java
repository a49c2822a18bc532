package io.mailroutes.camel.queue;

import java.util.Locale;

/** What is sent of a mail. */
enum QueueFormat {
    /** The JSON form as text, without the bytes of attachments. */
    JSON("application/json"),
    /** The raw mail as bytes (RFC 5322). */
    RAW("message/rfc822");

    private final String contentType;

    QueueFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    static QueueFormat of(String text) {
        try {
            return valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("mail-queue-sink: format=" + text + " is not known: use json or raw", e);
        }
    }
}
