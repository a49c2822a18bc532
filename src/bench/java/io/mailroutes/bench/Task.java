package io.mailroutes.bench;

import java.nio.file.Path;

/**
 * What a program has to fetch, and where from and to.
 *
 * @param port of IMAP in clear on the loopback address; the server itself or a {@link DelayLine} before it
 * @param out for the mails; new and empty
 * @param scratch for the program's own files; new and empty
 */
record Task(MailSet set, int port, String password, Path out, Path scratch) {
    String user() {
        return set.user();
    }
}
