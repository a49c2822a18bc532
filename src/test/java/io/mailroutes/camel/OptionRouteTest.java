package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.Await;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Options that leave mail on the server, with a real IMAP server. */
@Timeout(60)
class OptionRouteTest extends MailboxRoutes {
    private static final String INVOICES = "mailbox:box?searchTerm=RAW(SUBJECT \"invoice\")&delay=100";

    @Test
    void onlyMailsThatMatchAreDeliveredAndTheOthersAreLeftAlone() throws Exception {
        MailboxHost.append(server, "invoice 1", "lunch", "invoice 2");
        try (MailboxHost host = once(INVOICES)) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(arrived).containsExactly("invoice 1", "invoice 2");
            Map<Long, Set<String>> flags = host.flags();
            assertThat(flags.get(1L)).contains("\\Seen");
            assertThat(flags.get(2L)).doesNotContain("\\Seen");
        }
    }

    @Test
    void whatArrivesLaterIsMatchedToo() throws Exception {
        MailboxHost.append(server, "lunch");
        try (MailboxHost host = host(RunMode.CONTINUOUS)
                .start(builder -> builder.from(INVOICES).process(exchange -> arrived.add(subject(exchange))))) {
            Await.until("it reads", () -> host.status().state() == MailboxState.LIVE);
            MailboxHost.append(server, "dinner", "invoice 3");
            Await.until("the invoice", () -> arrived.size() == 1);
            assertThat(arrived).containsExactly("invoice 3");
        }
    }

    @Test
    void criteriaThatTheServerDoesNotUnderstandAreAnErrorOfTheConfigurationWithoutAnyMail() throws Exception {
        try (MailboxHost host = once("mailbox:box?searchTerm=FORM ann")) {
            assertThat(host.result()).isEqualTo(LoopResult.CONFIGURATION);
            assertThat(host.status().reason()).contains("check searchTerm=FORM ann");
        }
    }

    @Test
    void unseenAsksForTheCriteriaAtEveryPoll() throws Exception {
        MailboxHost.append(server, "invoice 1", "lunch");
        for (String uri : List.of(INVOICES + "&select=unseen", INVOICES + "&select=unseen")) {
            try (MailboxHost host = once(uri)) {
                assertThat(host.result()).isEqualTo(LoopResult.DONE);
            }
        }
        assertThat(arrived).containsExactly("invoice 1");
    }

    @Test
    void aMailAboveTheLimitIsInTheDeadLettersByItsHeader() throws Exception {
        MailboxHost.append(server, "a", "b".repeat(600), "c");
        try (MailboxHost host = once("mailbox:box?maxMessageSize=500")) {
            assertThat(host.result()).isEqualTo(LoopResult.DONE);
            assertThat(arrived).containsExactlyInAnyOrder("a", "c");
            assertThat(host.status().deadLettered()).isEqualTo(1);
            assertSeen(host, 3);
        }
        assertThat(Files.readString(deadLetters().get(0).resolve("message.eml")))
                .contains("Subject: bbb")
                .doesNotContain("text of");
    }
}
