package io.mailroutes.camel;

/** UIDVALIDITY has changed and nobody has accepted it yet. */
final class FolderRenumberedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderRenumberedException(String folder) {
        super("the server has renumbered the folder " + folder + " (UIDVALIDITY changed), so what was delivered"
                + " before cannot be told from what is new; nothing is delivered and nothing is lost. Look at the"
                + " folder, then run once with --accept-resync to start it afresh: what is unseen then is delivered,"
                + " some of it perhaps again");
    }
}
