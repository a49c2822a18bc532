package io.mailroutes.message;

import java.util.Optional;

/**
 * One leaf part of a mail.
 *
 * @param path the part's place as IMAP numbers it, {@code 1.2.3}
 * @param safeName a file name that is safe everywhere and never empty, see {@link SafeName}
 * @param originalName what the sender called it, cleaned of control characters
 * @param type the media type, lower case, without parameters
 * @param content the decoded bytes; the undecoded ones when decoding fails. Its size is learned by decoding: read the
 *     bytes first when both are needed
 */
public record Attachment(
        String path,
        String safeName,
        Optional<String> originalName,
        String type,
        boolean inline,
        Optional<String> contentId,
        Content content) {}
