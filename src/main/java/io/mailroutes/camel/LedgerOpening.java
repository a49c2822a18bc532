package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.imap.SelectedFolder;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.ledger.Renumbering;
import io.mailroutes.message.UidSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the ledger of a folder that was just selected: its begin, its numbering, what a person has accepted. */
final class LedgerOpening {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerOpening.class);

    /** How much of a long list is worth a line in the log. */
    private static final int LISTED_RANGES = 50;

    private final Folder folder;
    private final ImapConnection connection;
    private final SelectedFolder selected;

    LedgerOpening(Folder folder, ImapConnection connection, SelectedFolder selected) {
        this.folder = folder;
        this.connection = connection;
        this.selected = selected;
    }

    void open() throws InterruptedException {
        FolderLedger ledger = folder.ledger();
        Candidates candidates = folder.candidates();
        switch (ledger.open(selected.uidValidity())) {
            case NEW -> {
                long last = Candidates.last(connection, selected);
                UidSet notWanted = candidates.notWanted(connection, UidSet.range(1, last));
                ledger.begin(selected.uidValidity(), notWanted, last + 1);
            }
            case RENUMBERED -> resync();
            case KNOWN -> {
                // What the ledger knows still holds.
            }
        }
        folder.opened(selected.uidValidity());
        if (folder.terms().acceptsResync() && !ledger.held().isEmpty()) {
            ledger.release(candidates.notWanted(connection, ledger.held()));
        }
    }

    private void resync() throws InterruptedException {
        folder.status().enter(MailboxState.RESYNC, "the server has renumbered the folder " + folder.name());
        if (!folder.finishRoute()) {
            throw new FolderRenumberedException(folder.name(), folder.inFlight().size());
        }
        FolderLedger ledger = folder.ledger();
        boolean tellAgain = folder.options().select() == Select.UNSEEN;
        Renumbering found = folder.candidates()
                .wanted(connection, new Resync(connection, selected, ledger.memories()).look(tellAgain));
        ledger.restart(selected.uidValidity(), found);
        tell(found);
    }

    private void tell(Renumbering found) {
        String name = folder.options().account() + "/" + folder.name();
        LOG.warn(
                "{}: the server has renumbered the folder (UIDVALIDITY is {} now): {} mails were known again and are not"
                        + " delivered again, what came later is delivered",
                name,
                selected.uidValidity(),
                found.same().size());
        if (!found.held().isEmpty()) {
            LOG.warn(
                    "{}: {} mails are older than the last delivered one and not known, and are held: UID {}. Look at them,"
                            + " then run once with --accept-resync to deliver them",
                    name,
                    found.held().size(),
                    found.held().split(LISTED_RANGES).stream().findFirst().orElse(UidSet.EMPTY));
        }
    }
}
