package io.mailroutes.cli;

import io.mailroutes.sandbox.Sandbox;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What arrived where, and whether that is what had to. Counts what is on the disk, not what the routes say. */
final class SandboxTable {
    private final Sandbox sandbox;
    private final SandboxDirectory place;

    SandboxTable(Sandbox sandbox, SandboxDirectory place) {
        this.sandbox = sandbox;
        this.place = place;
    }

    boolean print(PrintWriter out, StandaloneRun.Report report) {
        Table table = new Table("mailbox", "found", "delivered", "dead-lettered", "as expected", "where");
        boolean allAsExpected = true;
        for (Sandbox.Expected expected : sandbox.expected()) {
            Path delivered = place.out().resolve(expected.mailbox());
            Path dead = place.data().resolve("dead-letters").resolve(expected.mailbox());
            long deliveredCount = SandboxDirectory.mails(delivered);
            long deadCount = SandboxDirectory.entries(dead);
            boolean asExpected = deliveredCount == expected.count() - expected.deadLettered()
                    && deadCount == expected.deadLettered();
            allAsExpected &= asExpected;
            table.row(
                    expected.mailbox(),
                    Integer.toString(expected.count()),
                    Long.toString(deliveredCount),
                    Long.toString(deadCount),
                    asExpected ? "yes" : "NO",
                    deadCount > 0 ? delivered + " and " + dead : delivered.toString());
        }
        table.print(out);
        report.folders().stream()
                .filter(folder -> !folder.reason().startsWith("reading"))
                .forEach(folder -> out.println(folder.account() + ": " + folder.state() + ": " + folder.reason()));
        out.flush();
        return allAsExpected;
    }
}
