package io.mailroutes.camel;

import io.mailroutes.imap.ImapConnection;
import io.mailroutes.ledger.FolderLedger;
import io.mailroutes.message.UidSet;

/**
 * Tells the server what the ledger says is delivered: one command for all, by UID. Until the server has been told the
 * ledger remembers, so a cut in between leads to another telling and not to another delivery.
 */
final class Acknowledger {
    private static final String SEEN = "\\Seen";

    private final FolderLedger ledger;
    private final OnDelivered onDelivered;
    private final Places places;

    Acknowledger(FolderLedger ledger, OnDelivered onDelivered, Places places) {
        this.ledger = ledger;
        this.onDelivered = onDelivered;
        this.places = places;
    }

    void acknowledge(ImapConnection connection) {
        UidSet delivered = ledger.unacknowledgedDelivered();
        if (!delivered.isEmpty()) {
            tell(connection, delivered);
            ledger.acknowledged(delivered);
        }
        UidSet quarantined = ledger.unacknowledgedQuarantined();
        if (!quarantined.isEmpty()) {
            // It stays where it is, whatever onDelivered says: a person will look for it there.
            if (onDelivered.action() != OnDelivered.Action.NONE) {
                connection.addFlag(quarantined, SEEN);
            }
            ledger.acknowledged(quarantined);
        }
    }

    private void tell(ImapConnection connection, UidSet delivered) {
        switch (onDelivered.action()) {
            case SEEN -> connection.addFlag(delivered, SEEN);
            case DELETE -> connection.delete(delivered);
            case MOVE -> {
                connection.addFlag(delivered, SEEN);
                connection.move(delivered, places.target());
            }
            case NONE -> {
                // The folder is open read-only: the ledger alone remembers.
            }
        }
    }
}
