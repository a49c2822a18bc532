package io.mailroutes.cli;

import io.mailroutes.camel.MailboxStatus;
import java.io.PrintWriter;
import java.util.List;

/** How the folders of a run fared, a line each. */
final class FolderTable {
    private FolderTable() {}

    static void print(List<MailboxStatus.Snapshot> folders, PrintWriter out) {
        Table table = new Table("mailbox", "folder", "route", "delivered", "dead letters", "state");
        for (MailboxStatus.Snapshot folder : folders) {
            table.row(
                    folder.account(),
                    folder.folder(),
                    folder.route(),
                    Long.toString(folder.delivered()),
                    Long.toString(folder.deadLettered()),
                    folder.state() + ": " + folder.reason());
        }
        table.print(out);
    }
}
