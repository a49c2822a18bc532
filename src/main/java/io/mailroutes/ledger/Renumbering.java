package io.mailroutes.ledger;

import io.mailroutes.message.UidSet;
import java.util.Map;

/**
 * What of the mails under a new UIDVALIDITY is known. Whatever is in none of the three is new, to be delivered.
 *
 * @param same known mails: their new UIDs, and the UIDs that they had
 * @param tellAgain whether the server is to be told once more that the known ones are delivered
 * @param held not known and too old to be new: not delivered until {@link FolderLedger#release}
 * @param backlogUntil as in {@link FolderLedger#begin}
 */
public record Renumbering(Map<Long, Long> same, boolean tellAgain, UidSet held, long backlogUntil) {
    public Renumbering {
        same = Map.copyOf(same);
    }
}
