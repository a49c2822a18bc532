package io.mailroutes.camel;

/** UIDVALIDITY has changed while mails of the old numbering are in the route: only their outcome tells what they are. */
final class FolderRenumberedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderRenumberedException(String folder, int inFlight) {
        super("the server has renumbered the folder " + folder + " (UIDVALIDITY changed) while " + inFlight
                + " mails are in the route; no more is delivered until the route is through with them, so that none"
                + " comes twice. If they never come back, restart the route");
    }
}
