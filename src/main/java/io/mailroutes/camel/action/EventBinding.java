package io.mailroutes.camel.action;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/** How the attributes of a CloudEvent become headers, by protocol. */
enum EventBinding {
    /** HTTP Protocol Binding 1.0, section 3.1.3. */
    HTTP("ce-", "Content-Type") {
        @Override
        String value(String text) {
            StringBuilder encoded = new StringBuilder(text.length());
            for (byte b : text.getBytes(UTF_8)) {
                boolean plain = b > ' ' && b < 0x7F && b != '"' && b != '%';
                encoded.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
            }
            return encoded.toString();
        }
    },

    /** Kafka Protocol Binding 1.0, section 3.2.3. */
    KAFKA("ce_", "content-type") {
        @Override
        String value(String text) {
            return text;
        }
    };

    private final String prefix;
    private final String contentType;

    EventBinding(String prefix, String contentType) {
        this.prefix = prefix;
        this.contentType = contentType;
    }

    String header(String attribute) {
        return prefix + attribute;
    }

    /** The name of the header for the type of the content. */
    String contentType() {
        return contentType;
    }

    abstract String value(String text);
}
