package io.mailroutes.camel;

import io.mailroutes.imap.SpecialUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The options of one {@code mailbox:} endpoint, valid as a whole. */
record MailboxOptions(
        String account,
        List<String> folders,
        Select select,
        OnDelivered onDelivered,
        boolean idle,
        Duration delay,
        int maxMessagesPerPoll,
        long prefetchSize,
        int concurrency,
        int maximumAttempts,
        long maxMessageSize,
        Optional<SearchTerm> searchTerm) {
    /** Larger than any provider takes; mails go to the disk, so what bounds them is its room. */
    private static final long LARGEST_MAIL = 2L << 30;

    /** @throws IllegalArgumentException that lists everything that is wrong */
    static MailboxOptions of(MailboxEndpoint endpoint) {
        List<String> problems = new ArrayList<>();
        Select select = select(endpoint.getSelect(), problems);
        OnDelivered onDelivered = onDelivered(endpoint.getOnDelivered(), problems);
        if (select == Select.UNSEEN && onDelivered.action() == OnDelivered.Action.NONE) {
            problems.add("select=unseen with onDelivered=none would deliver every mail at every poll:"
                    + " use onDelivered=seen, delete or move:FOLDER, or select=new");
        }
        List<String> folders = endpoint.folders();
        if (folders.isEmpty()) {
            problems.add("folderName is empty");
        }
        onDelivered
                .folder()
                .map(MailboxEndpoint::folder)
                .filter(folders::contains)
                .ifPresent(target -> problems.add(
                        "onDelivered=move:" + target + " moves mail into a folder that is read, so it would be"
                                + " delivered again and again: move it to another one"));
        Stream.concat(folders.stream(), onDelivered.folder().stream())
                .filter(Places::isByUse)
                .filter(folder -> Places.use(folder).isEmpty())
                .forEach(folder -> problems.add(folder + " is not known: after special-use: comes "
                        + Stream.of(SpecialUse.values()).map(SpecialUse::text).collect(Collectors.joining(", "))));
        atLeast(1, endpoint.getDelay(), "delay", problems);
        atLeast(0, endpoint.getMaxMessagesPerPoll(), "maxMessagesPerPoll", problems);
        atLeast(1, endpoint.getPrefetchSize(), "prefetchSize", problems);
        atLeast(1, endpoint.getConcurrency(), "concurrency", problems);
        atLeast(1, endpoint.getMaximumAttempts(), "maximumAttempts", problems);
        atLeast(0, endpoint.getMaxMessageSize(), "maxMessageSize", problems);
        if (endpoint.getMaxMessageSize() > LARGEST_MAIL) {
            problems.add("maxMessageSize=" + endpoint.getMaxMessageSize() + " is more than " + LARGEST_MAIL
                    + ", which is the limit without it");
        }
        Optional<SearchTerm> searchTerm = SearchTerm.parse(endpoint.getSearchTerm(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("mailbox:" + endpoint.getAccount() + ": " + String.join("; ", problems));
        }
        return new MailboxOptions(
                endpoint.getAccount(),
                folders,
                select,
                onDelivered,
                endpoint.isIdle(),
                Duration.ofMillis(endpoint.getDelay()),
                endpoint.getMaxMessagesPerPoll(),
                endpoint.getPrefetchSize(),
                endpoint.getConcurrency(),
                endpoint.getMaximumAttempts(),
                endpoint.getMaxMessageSize(),
                searchTerm);
    }

    /** The most bytes of a mail that is fetched. */
    long largestMail() {
        return maxMessageSize == 0 ? LARGEST_MAIL : maxMessageSize;
    }

    boolean readOnly() {
        return onDelivered.action() == OnDelivered.Action.NONE;
    }

    private static Select select(String text, List<String> problems) {
        try {
            return Select.valueOf(text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            problems.add("select=" + text + " is not known: use new, unseen or all");
            return Select.NEW;
        }
    }

    private static OnDelivered onDelivered(String text, List<String> problems) {
        try {
            return OnDelivered.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return OnDelivered.parse("seen");
        }
    }

    private static void atLeast(long least, long value, String option, List<String> problems) {
        if (value < least) {
            problems.add(option + "=" + value + " must be at least " + least);
        }
    }
}
