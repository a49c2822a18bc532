package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the header of a part says about its body (RFC 2045, RFC 2183).
 *
 * @param type the media type, lower case, without parameters
 * @param boundary of a multipart; empty when it names none that could be found
 * @param encoding the declared transfer encoding; {@link TransferEncoding#IDENTITY} when it is unknown
 * @param disposition lower case, empty when there is none
 * @param fileName as the sender wrote it, decoded and cleaned
 */
record PartHeader(
        String type,
        Optional<String> charset,
        Optional<byte[]> boundary,
        TransferEncoding encoding,
        String disposition,
        Optional<String> fileName,
        Optional<String> contentId) {
    private static final Pattern MEDIA_TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,127}/[a-z0-9!#$&^_.+-]{1,127}");
    private static final int LONGEST_BOUNDARY = LineScanner.HELD / 2;

    static PartHeader of(HeaderBlock block, String defaultType, String path, Notes notes) {
        String where = "part " + path;
        HeaderValue type = HeaderValue.parse(block.first("Content-Type").orElse(""), where, notes);
        HeaderValue disposition =
                HeaderValue.parse(block.first("Content-Disposition").orElse(""), where, notes);
        Optional<String> name = disposition
                .parameter("filename")
                .or(() -> type.parameter("name"))
                .map(n -> CleanText.line(EncodedWords.decode(n, where, notes)))
                .filter(n -> !n.isEmpty());
        return new PartHeader(
                mediaType(type.value(), defaultType, name.isPresent(), where, notes),
                type.parameter("charset").filter(c -> !c.isBlank()),
                boundary(type),
                encoding(block, where, notes),
                disposition.value(),
                name,
                contentId(block));
    }

    private static String mediaType(String type, String absent, boolean named, String where, Notes notes) {
        if (type.isEmpty()) {
            return absent;
        }
        if (type.equals("text")) {
            return "text/plain"; // RFC 1049, older than MIME
        }
        if (MEDIA_TYPE.matcher(type).matches()) {
            return type;
        }
        notes.add(where + ": the Content-Type is malformed");
        return named ? "application/octet-stream" : "text/plain";
    }

    private static Optional<byte[]> boundary(HeaderValue type) {
        return type.parameter("boundary")
                .map(String::stripTrailing)
                .filter(b -> !b.isEmpty() && b.length() <= LONGEST_BOUNDARY)
                .map(b -> ("--" + b).getBytes(UTF_8));
    }

    private static TransferEncoding encoding(HeaderBlock block, String where, Notes notes) {
        String name = block.first("Content-Transfer-Encoding").orElse("");
        return TransferEncoding.named(name).orElseGet(() -> {
            notes.add(where + ": unknown Content-Transfer-Encoding, the bytes are left as they are");
            return TransferEncoding.IDENTITY;
        });
    }

    private static Optional<String> contentId(HeaderBlock block) {
        return block.first("Content-ID")
                .map(CleanText::line)
                .map(id -> id.startsWith("<") && id.endsWith(">") ? id.substring(1, id.length() - 1) : id)
                .filter(id -> !id.isEmpty());
    }

    boolean isMultipart() {
        return type.startsWith("multipart/");
    }

    /** What the parts of a multipart are when they do not say (RFC 2046 section 5.1.5). */
    String defaultTypeInside() {
        return type.equals("multipart/digest") ? "message/rfc822" : "text/plain";
    }

    /** The same, as a header of text: for a multipart in which no part can be found. */
    PartHeader asText() {
        return new PartHeader(
                "text/plain", charset, Optional.empty(), encoding, disposition, Optional.empty(), Optional.empty());
    }

    boolean isAttachment() {
        return disposition.equals("attachment");
    }

    boolean isInline() {
        return disposition.equals("inline") || disposition.isEmpty() && contentId.isPresent();
    }
}
