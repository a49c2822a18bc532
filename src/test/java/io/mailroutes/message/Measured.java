package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What making the JSON form of one mail costs the calling thread. All that is allocated is counted, freed or not: it
 * bounds the memory from above, so that a mail that stays below the limit cannot take more. What may allocate more and
 * hold less is the business of {@link SmallHeapTest}.
 */
final class Measured {
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final long MEMORY = 64L << 20;

    private Measured() {}

    /** The JSON form of a mail with every source of facts at work; fails beyond two seconds or 64 MiB. */
    static byte[] json(Content raw, String what) {
        Mail mail = mail(raw);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Duration start = CpuTime.used();
        byte[] json = MailJson.of(mail);
        Duration used = CpuTime.used().minus(start);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(used).as("time of %s", what).isLessThan(TIME);
        assertThat(allocated).as("bytes allocated for %s", what).isLessThan(MEMORY);
        return json;
    }

    static Mail mail(Content raw) {
        return Mail.of(
                Mails.KEY,
                Set.of("\\Seen"),
                Mails.RECEIVED,
                raw,
                MailLimits.DEFAULT,
                Optional.of(new GmailIds(1, OptionalLong.of(2), List.of("\\Inbox"))),
                TrustedServers.of(List.of("mx.example.com", "none:*.example.com")));
    }
}
