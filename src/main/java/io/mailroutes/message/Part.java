package io.mailroutes.message;

/**
 * A leaf of a mail: where its body stands in the raw bytes.
 *
 * @param path as IMAP numbers parts (RFC 3501 section 6.4.5)
 * @param whole whether the mail is nothing but this part
 * @param start of the body, in bytes
 * @param end of the body, exclusive
 */
record Part(String path, boolean whole, PartHeader header, long start, long end) {
    boolean isBody(String type) {
        boolean named = header.fileName().isPresent() && !whole;
        return header.type().equals(type) && !header.isAttachment() && !named;
    }
}
