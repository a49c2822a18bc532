package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.imap.MailSummary;
import io.mailroutes.message.UidSet;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final List<MailSummary> FIVE = mails(5, 100);

    @Test
    void mailsGoTogetherUpToTheLimit() {
        assertThat(Batches.cut(FIVE, 200)).containsExactly(UidSet.range(1, 2), UidSet.range(3, 4), UidSet.range(5, 5));
        assertThat(Batches.cut(FIVE, 500)).containsExactly(UidSet.range(1, 5));
    }

    @Test
    void aMailAboveTheLimitIsFetchedAllTheSame() {
        assertThat(Batches.cut(mails(2, 100), 1)).containsExactly(UidSet.range(1, 1), UidSet.range(2, 2));
    }

    @Test
    void manySmallMailsAreSeveralBatchesToo() {
        assertThat(Batches.cut(mails(2001, 1), Long.MAX_VALUE))
                .containsExactly(UidSet.range(1, 1000), UidSet.range(1001, 2000), UidSet.range(2001, 2001));
    }

    @Test
    void mailsInTroubleComeAlone() {
        assertThat(Batches.alone(UidSet.of(List.of(3L, 1L)))).containsExactly(UidSet.range(1, 1), UidSet.range(3, 3));
    }

    @Test
    void nothingIsNoBatch() {
        assertThat(Batches.cut(List.of(), 1)).isEmpty();
        assertThat(Batches.alone(UidSet.EMPTY)).isEmpty();
    }

    private static List<MailSummary> mails(int count, long size) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(uid -> new MailSummary(uid, Set.of(), Instant.EPOCH, size, OptionalLong.empty()))
                .toList();
    }
}
