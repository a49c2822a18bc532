package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Bytes to text as real mail needs it: by the charset that was meant, and never failing. */
final class MailCharset {
    /** Labels that in mail mean the larger set, and labels that Java does not know. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("iso-8859-1", "windows-1252"),
            Map.entry("iso8859-1", "windows-1252"),
            Map.entry("iso_8859-1", "windows-1252"),
            Map.entry("latin1", "windows-1252"),
            Map.entry("latin-1", "windows-1252"),
            Map.entry("gb2312", "GB18030"),
            Map.entry("gb_2312-80", "GB18030"),
            Map.entry("gbk", "GB18030"),
            Map.entry("x-gbk", "GB18030"),
            Map.entry("euc-cn", "GB18030"),
            Map.entry("shift_jis", "windows-31j"),
            Map.entry("shift-jis", "windows-31j"),
            Map.entry("sjis", "windows-31j"),
            Map.entry("x-sjis", "windows-31j"),
            Map.entry("ms_kanji", "windows-31j"),
            Map.entry("iso-2022-jp", "x-windows-iso2022jp"),
            Map.entry("euc-kr", "x-windows-949"),
            Map.entry("ks_c_5601-1987", "x-windows-949"),
            Map.entry("ks_c_5601", "x-windows-949"),
            Map.entry("ksc5601", "x-windows-949"),
            Map.entry("iso-8859-8-i", "ISO-8859-8"),
            Map.entry("iso-8859-8-e", "ISO-8859-8"),
            Map.entry("iso-8859-6-i", "ISO-8859-6"),
            Map.entry("iso-8859-6-e", "ISO-8859-6"),
            Map.entry("macintosh", "x-MacRoman"),
            Map.entry("x-mac-roman", "x-MacRoman"),
            Map.entry("cp-850", "IBM850"),
            Map.entry("ansi_x3.110-1983", "windows-1252"),
            Map.entry("unicode-1-1-utf-8", "UTF-8"));

    /** What 8-bit text of the West is: ISO-8859-1 with quotation marks and a euro where that has nothing. */
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final char REPLACEMENT = 0xFFFD;

    private MailCharset() {}

    /** The charset that a label means; empty when nobody knows it. */
    static Optional<Charset> named(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        String meant = MEANT.get(name);
        return meant == null ? known(name) : known(meant).or(() -> known(name));
    }

    private static Optional<Charset> known(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) { // the empty name, on some Java versions
            return Optional.empty();
        }
    }

    /** The text, when the bytes are UTF-8 without an error. */
    static Optional<String> asUtf8(byte[] bytes) {
        return strictly(bytes, UTF_8, false);
    }

    /**
     * Text in a declared charset, as well as it can be read.
     *
     * @param cut whether the bytes were cut, so that a torn last character is no error
     * @param where for the note, as {@code the subject}
     */
    static String decode(byte[] bytes, Optional<String> label, boolean cut, String where, Notes notes) {
        if (label.isPresent() && Utf7.isMeant(label.get()) && isAscii(bytes)) {
            return Utf7.decode(bytes, cut, where, notes);
        }
        Optional<Charset> charset = label.flatMap(MailCharset::named);
        if (label.isPresent() && charset.isEmpty()) {
            notes.add(where + ": unknown charset " + CleanText.cut(label.get(), 40));
        }
        if (charset.isEmpty() || charset.get().equals(US_ASCII)) {
            return guess(bytes, cut, where, notes);
        }
        return strictly(bytes, charset.get(), cut).orElseGet(() -> replaced(bytes, charset.get(), where, notes));
    }

    /** With replacement characters for what is not of the charset. */
    private static String replaced(byte[] bytes, Charset charset, String where, Notes notes) {
        String text = new String(bytes, charset);
        if (charset.equals(UTF_8) && text.chars().allMatch(c -> c < 0x80 || c == REPLACEMENT)) {
            notes.add(where + ": it says UTF-8 and was read as windows-1252, for none of it is UTF-8");
            return new String(bytes, WINDOWS_1252);
        }
        notes.add(where + ": bytes that are not " + charset.name() + " were replaced");
        return text;
    }

    /** UTF-8 shows itself; everything else may be anything. */
    private static String guess(byte[] bytes, boolean cut, String where, Notes notes) {
        return strictly(bytes, UTF_8, cut).orElseGet(() -> {
            notes.add(where + ": 8-bit text without a usable charset was read as windows-1252");
            return new String(bytes, WINDOWS_1252);
        });
    }

    private static Optional<String> strictly(byte[] bytes, Charset charset, boolean cut) {
        if (charset.equals(UTF_8) && isAscii(bytes)) {
            return Optional.of(new String(bytes, ISO_8859_1)); // the same, and the fastest
        }
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate((int) Math.ceil(bytes.length * (double) decoder.maxCharsPerByte()) + 8);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, !cut);
        if (result.isUnderflow() && !cut) {
            result = decoder.flush(text);
        }
        return result.isUnderflow() ? Optional.of(text.flip().toString()) : Optional.empty();
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
