package io.mailroutes.message;

import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a part's bytes are encoded (RFC 2045 section 6). */
enum TransferEncoding {
    IDENTITY,
    BASE64,
    QUOTED_PRINTABLE,
    UUENCODE;

    private static final Pattern NOISE = Pattern.compile("\\(.*|;.*|[\"\\s,_-]");

    /** Understands the misspellings that real mail has; empty when nobody can tell. */
    static Optional<TransferEncoding> named(String header) {
        String name = NOISE.matcher(header.toLowerCase(Locale.ROOT)).replaceAll("");
        return switch (name) {
            case "", "7bit", "8bit", "7bits", "8bits", "7", "8", "binary" -> Optional.of(IDENTITY);
            case "base64" -> Optional.of(BASE64);
            case "quotedprintable", "quotedprintible", "qp" -> Optional.of(QUOTED_PRINTABLE);
            case "xuuencode", "uuencode", "xuue", "uue" -> Optional.of(UUENCODE);
            default -> Optional.empty();
        };
    }

    /**
     * Not for {@link #IDENTITY}, which has nothing to decode.
     *
     * @param length the most encoded bytes that can come
     */
    DecodingStream decoder(InputStream encoded, long length) {
        return switch (this) {
            case BASE64 -> new Base64Stream(encoded, length);
            case QUOTED_PRINTABLE -> new QuotedPrintableStream(encoded, length);
            case UUENCODE -> new UuStream(encoded, length);
            case IDENTITY -> throw new IllegalStateException("nothing to decode");
        };
    }
}
