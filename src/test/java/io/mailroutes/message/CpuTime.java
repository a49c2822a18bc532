package io.mailroutes.message;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What the calling thread has used, so that a busy machine does not fail a test. */
final class CpuTime {
    private CpuTime() {}

    static Duration used() {
        return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }
}
