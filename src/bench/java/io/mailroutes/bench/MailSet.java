package io.mailroutes.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mailroutes.testing.Mails;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A mailbox to fetch; always the same mails, made anew for each run of the benchmarks. */
enum MailSet {
    /** Text of 2 to 6 KB (70 %), attachments of 20 to 200 KB (25 %) and of 1 to 5 MB (5 %). */
    MIX(2_000, 0),
    /** The same without those of 1 to 5 MB. */
    SMALL(20_000, 0),
    /** The begin of SMALL, for what needs many round trips a mail. */
    FEW(200, 0),
    /** Fewer still, for a quick look. */
    FEWER(40, 0),
    /** What a program costs before it comes to mail. */
    ONE(1, 0),
    /** Three mails of 100 MB. */
    LARGE(3, 100),
    /** One mail of 200 MB. */
    HUGE(1, 200);

    /** Every twentieth mail of {@link Mails#mixed} is a large one. */
    private static final int ROUND = 20;

    private static final int SEED = 4;
    private static final String LINE =
            "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n";

    private final int count;
    private final int megabytes;

    MailSet(int count, int megabytes) {
        this.count = count;
        this.megabytes = megabytes;
    }

    int count() {
        return count;
    }

    /** Of each mail; 0 when they differ. */
    int megabytes() {
        return megabytes;
    }

    /** The owner of the mailbox that holds it. */
    String user() {
        return name().toLowerCase(Locale.ROOT) + "@example.com";
    }

    Stream<byte[]> mails() {
        if (megabytes > 0) {
            return Stream.generate(this::attachment).limit(count);
        }
        Mails mails = Mails.mixed(SEED);
        return IntStream.iterate(0, index -> index + 1)
                .filter(index -> this == MIX || index % ROUND != ROUND - 1)
                .limit(count)
                .mapToObj(mails::mail);
    }

    private byte[] attachment() {
        byte[] head = ("From: Ann <ann@example.com>\r\nTo: bob@example.org\r\nSubject: large\r\n"
                        + "Date: Mon, 2 Nov 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
                        + "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
                        + "Content-Disposition: attachment; filename=large.bin\r\n\r\n")
                .getBytes(US_ASCII);
        byte[] line = LINE.getBytes(US_ASCII);
        byte[] mail = Arrays.copyOf(head, head.length + (megabytes << 20) / line.length * line.length);
        for (int at = head.length; at < mail.length; at += line.length) {
            System.arraycopy(line, 0, mail, at, line.length);
        }
        return mail;
    }
}
