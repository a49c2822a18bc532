package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopThreadsTest {
    private static final int RUNNING = Runtime.version().feature();

    private record Seen(String name, boolean daemon, String group) {}

    @ParameterizedTest
    @ValueSource(ints = {17, 21, 23})
    void aJavaWhoseVirtualThreadsArePinnedGetsAThreadForEachLoop(int feature) throws Exception {
        Seen seen = run(feature);
        assertThat(seen.group()).isNotEqualTo("VirtualThreads");
        assertThat(seen.name()).contains("mailbox:box/INBOX");
        assertThat(seen.daemon()).isTrue();
    }

    @Test
    void laterOnesGetVirtualThreadsWhereThereAreSome() throws Exception {
        Seen seen = run(24);
        assertThat(seen.group().equals("VirtualThreads")).isEqualTo(RUNNING >= 21);
        assertThat(seen.name()).contains("mailbox:box/INBOX");
        assertThat(seen.daemon()).isTrue();
    }

    private static Seen run(int feature) throws Exception {
        CompletableFuture<Seen> seen = new CompletableFuture<>();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            new LoopThreads(context.getExecutorServiceManager(), feature).start("mailbox:box/INBOX", () -> {
                Thread thread = Thread.currentThread();
                seen.complete(new Seen(
                        thread.getName(),
                        thread.isDaemon(),
                        String.valueOf(thread.getThreadGroup().getName())));
            });
            return seen.get(10, TimeUnit.SECONDS);
        }
    }
}
