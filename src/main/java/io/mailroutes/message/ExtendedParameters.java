package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of RFC 2231: in pieces ({@code name*0}), with charset and percent signs ({@code name*}), or both. */
final class ExtendedParameters {
    private static final Pattern NAME = Pattern.compile("([^*]+)(?:\\*([0-9]{1,6}))?(\\*)?");

    private final Map<String, SortedMap<Integer, Piece>> pieces = new HashMap<>();

    private record Piece(String text, boolean encoded) {}

    /** Takes the parameter unless it is an ordinary one. */
    boolean add(String name, String value) {
        Matcher matcher = NAME.matcher(name);
        if (name.indexOf('*') < 0 || !matcher.matches()) {
            return false;
        }
        int index = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        boolean encoded = matcher.group(3) != null;
        pieces.computeIfAbsent(matcher.group(1), n -> new TreeMap<>()).putIfAbsent(index, new Piece(value, encoded));
        return true;
    }

    Map<String, String> decode(String where, Notes notes) {
        Map<String, String> decoded = new HashMap<>();
        pieces.forEach((name, parts) -> decoded.put(name, join(parts, where, notes)));
        return decoded;
    }

    private static String join(SortedMap<Integer, Piece> parts, String where, Notes notes) {
        Piece first = parts.get(parts.firstKey());
        int quote = first.encoded() ? first.text().indexOf('\'') : -1;
        int second = quote < 0 ? -1 : first.text().indexOf('\'', quote + 1);
        Optional<String> label = second < 0
                ? Optional.empty()
                : Optional.of(first.text().substring(0, quote)).filter(l -> !l.isBlank());
        Charset charset = label.flatMap(MailCharset::named).orElse(UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Piece piece : parts.values()) {
            String text = piece == first ? piece.text().substring(second + 1) : piece.text();
            bytes.writeBytes(
                    piece.encoded() || !charset.canEncode() ? Percent.decode(text, '%') : text.getBytes(charset));
        }
        return MailCharset.decode(bytes.toByteArray(), label, false, where, notes);
    }
}
