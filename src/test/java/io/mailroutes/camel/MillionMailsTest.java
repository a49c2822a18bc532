package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.Mail;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.ScriptedImapServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a million mails costs what an empty one costs. */
@Timeout(60)
class MillionMailsTest {
    @TempDir
    Path data;

    private final MillionMails folder = new MillionMails();

    private interface Work {
        void run() throws Exception;
    }

    private void reading(String uri, LongConsumer arrived, Work work) throws Exception {
        try (ScriptedImapServer server = ScriptedImapServer.plain(folder);
                MailboxHost host = new MailboxHost(server.port(), data, RunMode.CONTINUOUS)) {
            host.start(builder -> builder.from(uri)
                    .process(exchange -> arrived.accept(
                            exchange.getMessage().getBody(Mail.class).key().uid())));
            work.run();
        }
    }

    @Test
    void aPollWithoutNewMailIsTwoRoundTripsAndOneNewMailFewMore() throws Exception {
        List<Long> arrived = new CopyOnWriteArrayList<>();
        reading("mailbox:box?delay=20", arrived::add, () -> {
            Await.until("some polls", () -> folder.commands() > 10);
            long before = folder.bytes();
            long commands = folder.commands();
            Await.until("twenty more commands", () -> folder.commands() >= commands + 20);
            assertThat(folder.bytes() - before).as("of about ten polls").isLessThan(1_000);
            long at = folder.bytes();
            long one = folder.arrive();
            Await.until("it arrives", () -> arrived.contains(one));
            assertThat(folder.bytes() - at).isLessThan(2_000);
            assertThat(folder.longest()).isLessThan(1_000);
        });
        assertThat(arrived).containsExactly(MillionMails.MILLION + 1);
    }

    @Test
    void theBacklogIsDeliveredOldestFirstInPartsNewMailOvertakesItAndARestartGoesOn() throws Exception {
        AtomicLong highest = new AtomicLong();
        AtomicLong overtaken = new AtomicLong();
        List<Long> again = new CopyOnWriteArrayList<>();
        reading("mailbox:box?select=all&delay=20", uid -> note(uid, highest, overtaken, again), () -> {
            Await.until("a part of the backlog", () -> highest.get() >= 500);
            long before = highest.get();
            folder.arrive();
            Await.until("the new mail", () -> overtaken.get() > 0);
            assertThat(overtaken.get() - before).as("backlog before it").isLessThan(20_000);
        });
        long stoppedAt = highest.get();
        assertThat(stoppedAt).isLessThan(MillionMails.MILLION / 2);
        List<Long> next = new ArrayList<>();
        reading("mailbox:box?select=all&delay=20", uid -> next(uid, next, highest, overtaken, again), () -> {
            Await.until("it goes on", () -> highest.get() > stoppedAt + 500);
        });
        assertThat(next.get(0)).isGreaterThan(stoppedAt - 20_000).isLessThanOrEqualTo(stoppedAt + 1);
        assertThat(folder.longest()).as("of a SEARCH answer").isLessThan(100_000);
        assertThat(overtaken.get()).as("the new mail came once").isPositive();
    }

    private static void note(long uid, AtomicLong highest, AtomicLong overtaken, List<Long> again) {
        if (uid > MillionMails.MILLION) {
            assertThat(overtaken.compareAndSet(0, highest.get())).isTrue();
        } else if (uid <= highest.get()) {
            again.add(uid);
        } else {
            highest.set(uid);
        }
    }

    private static void next(long uid, List<Long> next, AtomicLong highest, AtomicLong overtaken, List<Long> again) {
        next.add(uid);
        note(uid, highest, overtaken, again);
    }
}
