package io.mailroutes.cli;

import io.mailroutes.token.Expiry;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts as a table of at most 100 columns or so, and below it what is worth a person's attention. */
final class AccountTable {
    private static final int WIDTH = 100;
    private static final int MAILBOX_WIDTH = 20;

    private final Ago ago;
    private final PrintWriter out;

    AccountTable(Instant now, PrintWriter out) {
        this.ago = new Ago(now);
        this.out = out;
    }

    void print(List<AccountReport> accounts) {
        Table table = new Table("account", "mailbox", "state", "token ends", "refreshed", "next to end");
        for (AccountReport report : accounts) {
            table.row(
                    report.account().name(),
                    cut(report.account().user()),
                    report.state(),
                    time(report.known().accessTokenEnds()),
                    time(report.known().refreshedAt()),
                    next(report));
        }
        table.print(out);
        accounts.forEach(this::printNotes);
        out.flush();
    }

    private String time(Optional<Instant> time) {
        return time.map(ago::of).orElse("-");
    }

    /** The access token has a column of its own. */
    private String next(AccountReport report) {
        return report.known().expiries().stream()
                .filter(expiry -> expiry.what() != Expiry.What.ACCESS_TOKEN)
                .findFirst()
                .map(expiry -> expiry.what().words() + " " + ago.of(expiry.at()))
                .orElse("-");
    }

    private static String cut(String mailbox) {
        return mailbox.length() <= MAILBOX_WIDTH ? mailbox : mailbox.substring(0, MAILBOX_WIDTH - 3) + "...";
    }

    private void printNotes(AccountReport report) {
        List<String> notes = report.notes();
        if (!notes.isEmpty()) {
            out.println();
            out.println(report.account().name() + ":");
            notes.forEach(this::printWrapped);
        }
    }

    private void printWrapped(String note) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : note.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH && line.length() > 3) {
                out.println(line);
                line = new StringBuilder("   ");
            }
            line.append(' ').append(word);
        }
        out.println(line);
    }
}
