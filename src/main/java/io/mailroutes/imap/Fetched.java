package io.mailroutes.imap;

import io.mailroutes.message.Content;
import io.mailroutes.message.UidSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/**
 * Tells the answers to a FETCH from the FETCH lines that servers send unasked: of these mails, once each, with what was
 * asked for.
 */
final class Fetched {
    /** Stands for a date that the server did not give or that cannot be read. */
    private static final Instant UNKNOWN = Instant.EPOCH;

    private UidSet wanted;
    private final Set<Long> seen = new HashSet<>();
    private final Map<Long, MailSummary> summaries = new LinkedHashMap<>();

    Fetched(UidSet wanted) {
        this.wanted = wanted;
    }

    /** These are asked for too. */
    void expect(UidSet more) {
        wanted = wanted.plus(more);
    }

    /** All that comes of these has come. */
    void over(UidSet batch) {
        wanted = wanted.minus(batch);
        batch.stream().forEach(seen::remove);
    }

    /** Takes a line without a mail. */
    void summary(IMAPResponse response, MailSpool nowhere) throws ProtocolException {
        if (!response.keyEquals("FETCH")) {
            return;
        }
        FetchLine line = FetchLine.parse(response.getRest(), nowhere);
        boolean asked = line.size() > 0 || line.internalDate().isPresent();
        if (asked && wanted.contains(line.uid())) {
            summaries.put(
                    line.uid(),
                    new MailSummary(
                            line.uid(),
                            line.flags().orElse(Set.of()),
                            line.internalDate().orElse(UNKNOWN),
                            line.size()));
        }
    }

    List<MailSummary> summaries() {
        return new ArrayList<>(summaries.values());
    }

    /** Takes a line with header fields. */
    void header(IMAPResponse response, MailSpool nowhere, Map<Long, byte[]> headers) throws ProtocolException {
        if (response.keyEquals("FETCH")) {
            FetchLine line = FetchLine.parse(response.getRest(), nowhere);
            line.header()
                    .filter(bytes -> wanted.contains(line.uid()))
                    .ifPresent(bytes -> headers.put(line.uid(), bytes));
        }
    }

    /** Takes a line, and hands its mail on when it is one that was asked for. */
    void mail(IMAPResponse response, MailSpool spool, Consumer<FetchedMail> receiver) throws ProtocolException {
        if (!response.keyEquals("FETCH")) {
            spool.discard();
            return;
        }
        FetchLine line = FetchLine.parse(response.getRest(), spool);
        spool.discard(); // what an odd item brought
        if (line.body().isPresent()) {
            handOn(line, line.body().get(), receiver);
        }
    }

    private void handOn(FetchLine line, Content content, Consumer<FetchedMail> receiver) throws ProtocolException {
        if (line.uid() == 0) {
            content.discard();
            throw new MalformedFetchException("a mail came without its UID");
        }
        if (!wanted.contains(line.uid()) || !seen.add(line.uid())) {
            content.discard();
            return;
        }
        receiver.accept(new FetchedMail(
                line.uid(), line.flags().orElse(Set.of()), line.internalDate().orElse(UNKNOWN), content));
    }
}
