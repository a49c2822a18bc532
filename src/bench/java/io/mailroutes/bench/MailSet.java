package io.mailroutes.bench;

import io.mailroutes.testing.Mails;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A mailbox to fetch; always the same mails, made anew for each run of the benchmarks. */
enum MailSet {
    /** Text of 2 to 6 KB (70 %), attachments of 20 to 200 KB (25 %) and of 1 to 5 MB (5 %). */
    MIX(2_000, true),
    /** The same without those of 1 to 5 MB. */
    SMALL(20_000, false),
    /** The begin of SMALL, for what needs many round trips a mail. */
    FEW(200, false),
    /** What a program costs before it comes to mail. */
    ONE(1, false);

    /** Every twentieth mail of {@link Mails#mixed} is a large one. */
    private static final int ROUND = 20;

    private static final int SEED = 4;

    private final int count;
    private final boolean withLarge;

    MailSet(int count, boolean withLarge) {
        this.count = count;
        this.withLarge = withLarge;
    }

    int count() {
        return count;
    }

    /** The owner of the mailbox that holds it. */
    String user() {
        return name().toLowerCase(java.util.Locale.ROOT) + "@example.com";
    }

    Stream<byte[]> mails() {
        Mails mails = Mails.mixed(SEED);
        return IntStream.iterate(0, index -> index + 1)
                .filter(index -> withLarge || index % ROUND != ROUND - 1)
                .limit(count)
                .mapToObj(mails::mail);
    }
}
