package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes mails of mixed kind, the same for the same seed: of each 20, 14 are text of 2 to 6 KB in changing encodings and
 * line endings, 5 have an attachment of 20 to 200 KB and one has one of 1 to 5 MB.
 */
public final class Mails {
    private static final int ROUND = 20;
    private static final int TEXTS = 14;
    private static final int TEXT_LINE = 70;
    private static final String[] WORDS = {
        "order", "letter", "Rechnung", "größer", "naïve", "façade", "delivery", "of", "the", "was", "and", "über"
    };

    private final long seed;
    private final int divisor;

    private Mails(long seed, int divisor) {
        this.seed = seed;
        this.divisor = divisor;
    }

    /** Sizes as said above. */
    public static Mails mixed(long seed) {
        return new Mails(seed, 1);
    }

    /** The same kinds, attachments fifty times smaller: for tests that are not about size. */
    public static Mails quick(long seed) {
        return new Mails(seed, 50);
    }

    /** The first {@code count} mails, each made when it is asked for. */
    public Stream<byte[]> stream(int count) {
        return IntStream.range(0, count).mapToObj((IntFunction<byte[]>) this::mail);
    }

    /** Mail number {@code index}; its Message-ID is {@link #messageId}. */
    public byte[] mail(int index) {
        Random random = new Random(seed * 31 + index);
        int place = index % ROUND;
        if (place < TEXTS) {
            return text(index, place, random);
        }
        int least = place < ROUND - 1 ? 20_000 : 1_000_000;
        int most = place < ROUND - 1 ? 200_000 : 5_000_000;
        return withAttachment(index, random, (least + random.nextInt(most - least)) / divisor);
    }

    public String messageId(int index) {
        return "<" + seed + "." + index + "@example.com>";
    }

    private byte[] text(int index, int place, Random random) {
        String words = words(random, 2_000 + random.nextInt(4_000));
        return switch (place) {
            case 0 -> plain(index, "us-ascii", "7bit", ascii(words), ISO_8859_1);
            case 1 -> plain(index, "iso-8859-1", "8bit", words, ISO_8859_1);
            case 2 -> plain(index, "utf-8", "base64", base64(words.getBytes(UTF_8)), ISO_8859_1);
            case 3 -> plain(index, "utf-8", "8bit", words.strip(), UTF_8); // no newline at the end
            case 4 -> plain(index, "utf-8", "8bit", words.replace("\r\n", " "), UTF_8); // one line of 2 KB and more
            case 5 -> plain(index, "utf-8", "8bit", words.replace("\r\n", "\n"), UTF_8); // bare LF
            case 6 ->
                plain(index, "utf-8", "8bit", "\r\n.\r\n..\r\nFrom here\r\n)\r\n* 1 FETCH {3}\r\n" + words, UTF_8);
            case 7 -> plain(index, "utf-8", "8bit", "", UTF_8); // nothing but a header
            case 8 -> plain(index, "utf-8", "8bit", words + "\r\n\r\n \t\r\n", UTF_8); // blank lines at the end
            case 9 -> alternative(index, words);
            default -> plain(index, "utf-8", "8bit", words, UTF_8);
        };
    }

    private byte[] plain(int index, String charset, String encoding, String body, Charset bytes) {
        String head = header(index)
                + "Content-Type: text/plain; charset=" + charset + "\r\n"
                + "Content-Transfer-Encoding: " + encoding + "\r\n\r\n";
        return (head + body).getBytes(bytes);
    }

    private byte[] alternative(int index, String words) {
        return (header(index) + "Content-Type: multipart/alternative; boundary=\"=_a\"\r\n\r\n"
                        + "--=_a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + words
                        + "\r\n--=_a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>" + words
                        + "</p>\r\n--=_a--\r\n")
                .getBytes(UTF_8);
    }

    private byte[] withAttachment(int index, Random random, int size) {
        byte[] content = new byte[size / 4 * 3]; // base64 makes four of three
        random.nextBytes(content);
        ByteArrayOutputStream mail = new ByteArrayOutputStream(size + size / 8);
        mail.writeBytes((header(index) + "Content-Type: multipart/mixed; boundary=\"=_m\"\r\n\r\n"
                        + "--=_m\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
                        + words(random, 500)
                        + "\r\n--=_m\r\nContent-Type: application/octet-stream\r\n"
                        + "Content-Disposition: attachment; filename=\"data-" + index + ".bin\"\r\n"
                        + "Content-Transfer-Encoding: base64\r\n\r\n")
                .getBytes(UTF_8));
        mail.writeBytes(base64(content).getBytes(ISO_8859_1));
        mail.writeBytes("\r\n--=_m--\r\n".getBytes(ISO_8859_1));
        return mail.toByteArray();
    }

    private String header(int index) {
        return "From: =?utf-8?q?J=C3=B6rg?= <joerg@example.com>\r\n"
                + "To: list@example.org\r\n"
                + "Subject: number " + index + ", folded\r\n over two lines\r\n"
                + "Date: Mon, 2 Nov 2026 10:00:" + (index % 60 < 10 ? "0" : "") + index % 60 + " +0100\r\n"
                + "Message-ID: " + messageId(index) + "\r\n"
                + "MIME-Version: 1.0\r\n";
    }

    private static String words(Random random, int length) {
        StringBuilder text = new StringBuilder(length + TEXT_LINE);
        for (int line = 0; text.length() < length; ) {
            String word = WORDS[random.nextInt(WORDS.length)];
            line += word.length() + 1;
            text.append(word).append(line > TEXT_LINE ? "\r\n" : " ");
            line = line > TEXT_LINE ? 0 : line;
        }
        return text.append("\r\n").toString();
    }

    private static String ascii(String text) {
        return text.replaceAll("[^\\x00-\\x7f]", "x");
    }

    private static String base64(byte[] bytes) {
        return Base64.getMimeEncoder().encodeToString(bytes);
    }
}
