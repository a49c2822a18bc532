package io.mailroutes.imap;

import io.mailroutes.message.UidSet;
import java.util.Optional;

/** Which mails to fetch, in which batches, and where they go. Called by the thread that fetches alone. */
public interface FetchPlan {
    /**
     * The next batch to ask for; empty when there is none for now. It is asked for while an earlier one still comes,
     * and again whenever one has come. May wait only when {@code outstanding} is zero.
     *
     * @param outstanding how many batches were asked for and have not come
     */
    Optional<UidSet> next(int outstanding);

    /** A mail has come. Its content is the plan's from now on. */
    void take(FetchedMail mail);

    /** The server has sent all that it sends of this batch; mails that are gone are missing. */
    void done(UidSet batch);
}
