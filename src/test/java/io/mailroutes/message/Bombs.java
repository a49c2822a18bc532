package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Mails of many megabytes, each made to take as much of one thing as can be: memory or time. */
final class Bombs {
    private static final int MEBIBYTE = 1 << 20;
    private static final String MULTIPART = "Content-Type: multipart/mixed; boundary=b\n";

    private Bombs() {}

    /** A mail: its start, what is repeated, how often, and its end. */
    private record Bomb(String start, String piece, int bytes, String end) {
        void write(Path file) throws IOException {
            byte[] repeated = piece.getBytes(ISO_8859_1);
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                out.write(start.replace("\n", "\r\n").getBytes(ISO_8859_1));
                for (long i = 0; i < bytes / repeated.length; i++) {
                    out.write(repeated);
                }
                out.write(end.replace("\n", "\r\n").getBytes(ISO_8859_1));
            }
        }
    }

    static void writeInto(Path directory) throws IOException {
        for (Map.Entry<String, Bomb> bomb : bombs().entrySet()) {
            bomb.getValue().write(directory.resolve(bomb.getKey() + ".eml"));
        }
    }

    private static Map<String, Bomb> bombs() {
        Map<String, Bomb> bombs = new LinkedHashMap<>();
        bombs.put("text-of-controls", text("charset=utf-8", "\u0001", 6 * MEBIBYTE));
        bombs.put("text-of-broken-utf8", text("charset=utf-8", "\u00C3\u00BC\u00FF", 6 * MEBIBYTE));
        bombs.put("text-of-utf16", text("charset=utf-16", "\u00D8\u0001", 6 * MEBIBYTE));
        bombs.put("text-of-utf7", text("charset=utf-7", "+2DzfYg-", 6 * MEBIBYTE));
        bombs.put("text-of-japanese", text("charset=iso-2022-jp", "\u001B$B$\"\u001B(B", 6 * MEBIBYTE));
        bombs.put("text-of-line-ends", text("charset=us-ascii", "\r\n", 6 * MEBIBYTE));
        bombs.put(
                "text-uuencoded",
                new Bomb("Content-Transfer-Encoding: uuencode\n\nbegin 644 x\n", "M\r\n", 6 * MEBIBYTE, ""));
        bombs.put("html-of-tables", new Bomb("Content-Type: text/html\n\n", "<table><b>", 6 * MEBIBYTE, ""));
        bombs.put("html-of-entities", new Bomb("Content-Type: text/html\n\n", "&#x1F4A3;", 6 * MEBIBYTE, ""));
        bombs.put(
                "text-and-html",
                new Bomb(
                        MULTIPART
                                + part("text/plain; charset=klingon")
                                + "\u00FC".repeat(4 * MEBIBYTE)
                                + part("text/html; charset=utf-8"),
                        "\u00C3\u00BC<p>",
                        5 * MEBIBYTE,
                        "\n--b--\n"));
        bombs.put("parts", new Bomb(MULTIPART + "\n", "--b\r\n\r\nx\r\n", 6 * MEBIBYTE, ""));
        bombs.put("headers", new Bomb("", "X: y\r\n", 6 * MEBIBYTE, "\n"));
        bombs.put("one-header", new Bomb("Subject: ", "=?utf-8?q?=FF?= ", 6 * MEBIBYTE, "\n\n"));
        bombs.put("addresses", new Bomb("To: ", "\"a\" (b) <c@d>,\r\n ", 6 * MEBIBYTE, "\n\n"));
        bombs.put("references", new Bomb("References: ", "<a@b>", 200_000, "\n\n"));
        bombs.put(
                "results",
                new Bomb("", "Authentication-Results: mx.example.com; dkim=pass header.d=x.y\r\n", 250_000, "\n"));
        bombs.put(
                "continuations",
                new Bomb(
                        "Content-Type: a/b"
                                + IntStream.range(0, 5000)
                                        .mapToObj(i -> ";\n name*" + i + "*=%FF")
                                        .collect(Collectors.joining())
                                + "\n\n",
                        "x",
                        100,
                        ""));
        bombs.put(
                "calendar",
                new Bomb(
                        "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\n",
                        "BEGIN:VEVENT\r\nATTENDEE:mailto:a@b\r\nEND:VEVENT\r\n",
                        6 * MEBIBYTE,
                        ""));
        bombs.put(
                "attendees",
                new Bomb(
                        "Content-Type: text/calendar\n\nBEGIN:VEVENT\n",
                        "ATTENDEE:mailto:a@b\r\n",
                        6 * MEBIBYTE,
                        "END:VEVENT"));
        bombs.put(
                "report",
                new Bomb("Content-Type: message/delivery-status\n\n", "Action: failed\r\n\r\n", 6 * MEBIBYTE, ""));
        bombs.put(
                "original",
                new Bomb(
                        MULTIPART + part("message/delivery-status") + part("message/rfc822"),
                        "Message-ID: x\r\n",
                        6 * MEBIBYTE,
                        ""));
        bombs.put(
                "base64",
                new Bomb(
                        "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n",
                        "QUJD".repeat(19) + "\r\n",
                        40 * MEBIBYTE,
                        ""));
        bombs.put(
                "no-base64",
                new Bomb(
                        "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n",
                        "\u00FF=!",
                        40 * MEBIBYTE,
                        ""));
        return bombs;
    }

    private static Bomb text(String charset, String piece, int bytes) {
        return new Bomb("Content-Type: text/plain; " + charset + "\n\n", piece, bytes, "");
    }

    private static String part(String type) {
        return "\n--b\nContent-Type: " + type + "\n\n";
    }
}
