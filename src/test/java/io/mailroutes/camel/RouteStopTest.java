package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.testing.Await;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole routes that are stopped, started again and refused. */
@Timeout(90)
class RouteStopTest extends MailboxRoutes {
    @Test
    void aStoppedRouteLeavesTheMailInProgressAndAStartedOneGoesOn() throws Exception {
        MailboxHost.append(server, "a");
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box?delay=100")
                    .routeId("r")
                    .process(exchange -> arrived.add(subject(exchange))));
            Await.until("the first", () -> arrived.size() == 1);
            for (int i = 0; i < 3; i++) {
                host.context().getRouteController().stopRoute("r");
                host.context().getRouteController().startRoute("r");
            }
            MailboxHost.append(server, "b");
            Await.until("the second", () -> arrived.size() == 2);
            Await.until("it is counted", () -> host.status().delivered() == 2);
            assertThat(host.installation().watched()).hasSize(1);
            assertThat(arrived).containsExactly("a", "b");
        }
    }

    @Test
    void stoppingWaitsForAMailThatWasHandedOverAndRecordsIt() throws Exception {
        MailboxHost.append(server, "a");
        CountDownLatch inSeda = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> {
                builder.from("mailbox:box?delay=100").routeId("r").to("seda:later");
                builder.from("seda:later").process(exchange -> {
                    inSeda.countDown();
                    release.await();
                    arrived.add(subject(exchange));
                });
            });
            inSeda.await();
            Thread stopper = new Thread(() -> {
                try {
                    host.context().getRouteController().stopRoute("r");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            stopper.start();
            release.countDown();
            stopper.join();
            assertThat(host.status().delivered()).isEqualTo(1);
            assertSeen(host, 1);
        }
    }

    @Test
    void severalStuckRoutesDoNotAddUpWhenTheContextStops() throws Exception {
        MailboxHost.append(server, "a");
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch stuck = new CountDownLatch(1);
        MailboxHost host = host(RunMode.CONTINUOUS);
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Path second = data.resolve("second");
            try (MailboxHost silentHost = new MailboxHost(silent.getLocalPort(), second, RunMode.CONTINUOUS)) {
                silentHost.start(builder -> {
                    for (String folder : List.of("A", "B", "C", "D")) {
                        builder.from("mailbox:box?folderName=" + folder).to("mock:x");
                    }
                });
                host.start(builder -> builder.from("mailbox:box").process(exchange -> {
                    stuck.countDown();
                    never.await();
                }));
                stuck.await();
                assertThat(timeOf(silentHost::close)).isLessThan(Duration.ofSeconds(6));
                assertThat(timeOf(host::close)).isLessThan(Duration.ofSeconds(10));
                assertThat(host.status().state())
                        .as("stopping says nothing about the sink")
                        .isEqualTo(MailboxState.LIVE);
                assertThat(host.status().failed()).as("and is no attempt").isZero();
            }
        } finally {
            never.countDown();
        }
    }

    @Test
    void twoRoutesOnOneFolderAreRefusedInWordsAndTheClaimIsFreeAfterwards() throws Exception {
        try (MailboxHost host = host(RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from("mailbox:box").routeId("one").to("mock:a"));
            assertThatThrownBy(() -> host.start(builder -> builder.from("mailbox:box?folderName=inbox")
                            .routeId("two")
                            .to("mock:b")))
                    .hasStackTraceContaining("one and two")
                    .hasStackTraceContaining("multicast");
            host.context().getRouteController().stopRoute("one");
            host.context().getRouteController().startRoute("two");
        }
    }

    @Test
    void twoContextsInOneJvmHaveNothingInCommon() throws Exception {
        MailboxHost.append(server, "a");
        try (MailboxHost first = host(RunMode.ONCE);
                MailboxHost second = new MailboxHost(server.imapPort(), data.resolve("other"), RunMode.ONCE)) {
            first.start(builder -> builder.from("mailbox:box?onDelivered=none").to("mock:a"));
            second.start(builder -> builder.from("mailbox:box?onDelivered=none").to("mock:b"));
            assertThat(first.result()).isEqualTo(LoopResult.DONE);
            assertThat(second.result()).isEqualTo(LoopResult.DONE);
            assertThat(first.status().delivered()).isEqualTo(1);
            assertThat(second.status().delivered()).isEqualTo(1);
            assertThat(first.flags().get(1L)).doesNotContain("\\Seen");
        }
    }

    private static Duration timeOf(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
