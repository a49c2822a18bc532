package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Decodes the encoded words of a header value (RFC 2047). Forgives words without white space around them and characters
 * torn between two words of the same charset, both of which real mail has.
 */
final class EncodedWords {
    private final String value;
    private final String where;
    private final Notes notes;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private String pendingCharset = "";

    private EncodedWords(String value, String where, Notes notes) {
        this.value = value;
        this.where = where;
        this.notes = notes;
    }

    private record Word(String charset, byte[] bytes, int end) {}

    /** @param where for the notes, as {@code Subject} */
    static String decode(String value, String where, Notes notes) {
        return value.contains("=?") ? new EncodedWords(value, where, notes).decode() : value;
    }

    /** Where the encoded word that begins here ends; -1 when none begins here. */
    static int endOfWordAt(String value, int at) {
        int charsetEnd = value.startsWith("=?", at) ? value.indexOf('?', at + 2) : -1;
        int textStart = charsetEnd + 3;
        if (charsetEnd < 0 || textStart > value.length() || value.charAt(textStart - 1) != '?') {
            return -1;
        }
        int textEnd = value.indexOf('?', textStart);
        return textEnd >= 0 && value.startsWith("?=", textEnd) ? textEnd + 2 : -1;
    }

    private String decode() {
        int done = 0;
        boolean afterWord = false;
        for (int at = value.indexOf("=?"); at >= 0; at = value.indexOf("=?", Math.max(done, at + 1))) {
            Optional<Word> word = wordAt(at);
            if (word.isEmpty()) {
                continue;
            }
            String between = value.substring(done, at);
            if (!afterWord || !between.isBlank()) {
                flush();
                text.append(between);
            }
            add(word.get());
            done = word.get().end();
            afterWord = true;
        }
        flush();
        return text.append(value, done, value.length()).toString();
    }

    private void add(Word word) {
        if (!word.charset().equalsIgnoreCase(pendingCharset)) {
            flush();
            pendingCharset = word.charset();
        }
        pending.writeBytes(word.bytes());
    }

    private void flush() {
        if (pending.size() > 0) {
            text.append(MailCharset.decode(pending.toByteArray(), Optional.of(pendingCharset), false, where, notes));
            pending.reset();
        }
    }

    /** {@code =?charset*language?encoding?text?=}; a question mark ends each part, so that no scan is repeated. */
    private Optional<Word> wordAt(int at) {
        int end = endOfWordAt(value, at);
        if (end < 0) {
            return Optional.empty();
        }
        int charsetEnd = value.indexOf('?', at + 2);
        String charset = value.substring(at + 2, charsetEnd);
        int language = charset.indexOf('*');
        String bare = language < 0 ? charset : charset.substring(0, language);
        String encoded = value.substring(charsetEnd + 3, end - 2);
        return bytes(value.charAt(charsetEnd + 1), encoded).map(bytes -> new Word(bare, bytes, end));
    }

    private static Optional<byte[]> bytes(char encoding, String encoded) {
        return switch (encoding) {
            case 'B', 'b' -> Optional.of(base64(encoded));
            case 'Q', 'q' -> Optional.of(quoted(encoded));
            default -> Optional.empty();
        };
    }

    private static byte[] base64(String encoded) {
        byte[] bytes = encoded.getBytes(ISO_8859_1);
        try (Base64Stream in = new Base64Stream(new ByteArrayInputStream(bytes), bytes.length)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    private static byte[] quoted(String encoded) {
        return Percent.decode(encoded.replace('_', ' '), '=');
    }
}
