package io.mailroutes.camel;

import io.mailroutes.account.Account;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many folders of an account may be read: each takes one connection, all routes together, and one is left for the
 * login that proves new tokens ({@code mailroutes login}) beside a run.
 */
final class ConnectionBudget {
    private ConnectionBudget() {}

    static int folders(Account account) {
        return Math.max(1, account.connections() - 1);
    }

    /**
     * Throws when there is no connection for a folder.
     *
     * @param held the folders of the account that are read already, and by which routes
     * @throws IllegalStateException that names them, the limit and what to do
     */
    static void requireRoom(Account account, Map<String, String> held, String folder, String route) {
        if (held.size() < folders(account)) {
            return;
        }
        String readers = held.entrySet().stream()
                .map(reader -> reader.getKey() + " (route " + reader.getValue() + ")")
                .collect(Collectors.joining(", "));
        String login = account.connections() > 1 ? ", one of them for mailroutes login" : "";
        String key = "mailroutes.accounts." + account.name() + ".connections";
        throw new IllegalStateException("the account " + account.name() + " has no connection left for the folder "
                + folder + " of route " + route + ": each folder takes one, and there are " + account.connections()
                + login + ". Read already: " + readers + ". Read fewer folders (one that holds the mail of many, such"
                + " as All Mail, or an account of its own), or raise " + key + " if the server allows as many");
    }
}
