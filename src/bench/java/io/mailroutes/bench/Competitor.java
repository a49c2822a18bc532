package io.mailroutes.bench;

import java.io.IOException;
import java.util.List;

/** A program that fetches all mails of a mailbox into files and ends. */
interface Competitor {
    /** As the tables say it. */
    String name();

    /** Writes what configuration it needs into the task's scratch directory; returns the command line. */
    List<String> command(Task task) throws IOException;

    /** Whether it writes several files a mail: then each mail is a directory. */
    default boolean splitsMails() {
        return false;
    }
}
