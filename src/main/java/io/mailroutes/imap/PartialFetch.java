package io.mailroutes.imap;

import static io.mailroutes.imap.Conversation.RESPONSE_LIMIT;

import io.mailroutes.message.MemoryContent;
import io.mailroutes.message.UidSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** Asks for parts of mails that are not fetched whole (RFC 9051 section 6.4.5, {@code <partial>}). */
final class PartialFetch {
    private static final String TRIED = "looking at large mails";

    private final Conversation conversation;
    private final MailSpool nowhere;

    PartialFetch(Conversation conversation) {
        this.conversation = conversation;
        this.nowhere = new MailSpool(conversation.settings());
    }

    /** What is asked for is the byte after the limit, which only a larger mail has. */
    UidSet largerThan(long bytes, UidSet uids) {
        List<Long> larger = new ArrayList<>();
        for (UidSet chunk : UidChunks.of(uids)) {
            ask("UID FETCH " + chunk.toCommand() + " (UID BODY.PEEK[]<" + bytes + ".1>)", line -> {
                if (line.part().filter(part -> part.length > 0).isPresent()) {
                    larger.add(line.uid());
                }
            });
        }
        return UidSet.of(larger).and(uids);
    }

    Optional<FetchedMail> header(long uid, int atMost) {
        List<FetchedMail> found = new ArrayList<>();
        ask("UID FETCH " + uid + " (UID FLAGS INTERNALDATE BODY.PEEK[HEADER]<0." + atMost + ">)", line -> {
            if (line.uid() == uid && line.header().isPresent()) {
                found.add(new FetchedMail(
                        uid,
                        line.flags().orElse(Set.of()),
                        line.internalDate().orElse(Instant.EPOCH),
                        new MemoryContent(line.header().get()),
                        Optional.empty()));
            }
        });
        return found.stream().findFirst();
    }

    @FunctionalInterface
    private interface Taker {
        void take(FetchLine line);
    }

    private void ask(String command, Taker taker) {
        Response answer = conversation.send(TRIED, command, RESPONSE_LIMIT, null, untagged -> take(untagged, taker));
        conversation.requireFetched(TRIED, answer);
    }

    private void take(IMAPResponse untagged, Taker taker) throws ProtocolException {
        if (untagged.keyEquals("FETCH")) {
            taker.take(FetchLine.parse(untagged.getRest(), nowhere));
        }
    }
}
