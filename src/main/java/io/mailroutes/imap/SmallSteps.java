package io.mailroutes.imap;

import io.mailroutes.message.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.angus.mail.iap.Response;

/**
 * Acts on mails in commands that a server takes whole. One with a MESSAGELIMIT (RFC 9738) may act on some and answer OK
 * all the same, so it gets few mails at a time, is asked what it left behind, and is told again.
 */
final class SmallSteps {
    /** AOL left mails behind of moves of some hundred. */
    private static final int FEW = 50;

    private static final int TRIES = 5;

    private final Conversation conversation;
    private final Function<String, UidSet> search;

    SmallSteps(Conversation conversation, Function<String, UidSet> search) {
        this.conversation = conversation;
        this.search = search;
    }

    private boolean isLimited() {
        return conversation.has("MESSAGELIMIT=*");
    }

    List<UidSet> of(UidSet uids) {
        return isLimited() ? few(uids) : UidChunks.of(uids);
    }

    private static List<UidSet> few(UidSet uids) {
        List<UidSet> steps = new ArrayList<>();
        UidSet left = uids;
        while (!left.isEmpty()) {
            steps.add(left.first(FEW));
            left = left.minus(left.first(FEW));
        }
        return steps;
    }

    /**
     * @param done a search criterion for the mails that were left behind; empty when it is those that are still there
     * @throws TransientImapException when the server leaves mails behind however often it is told
     */
    void act(String tried, UidSet step, String leftBehind, Function<UidSet, Response> command) {
        UidSet left = step;
        for (int i = 0; i < TRIES; i++) {
            Response answer = command.apply(left);
            if (isWhole(answer) && (!isLimited() || !leftBehind.isEmpty())) {
                return;
            }
            left = search.apply("UID " + left.toCommand() + leftBehind).and(left);
            if (left.isEmpty()) {
                return;
            }
        }
        throw conversation.leftBehind(tried, left);
    }

    /** Whether the server does not say that it did a part only. */
    static boolean isWhole(Response answer) {
        return !answer.getRest().regionMatches(true, 0, "[MESSAGELIMIT", 0, 13);
    }
}
