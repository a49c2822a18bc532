package io.mailroutes.account;

import java.util.Optional;

/** The key {@code connections}. */
final class ConnectionsRule {
    private ConnectionsRule() {}

    /** Empty when it is not usable, which has been reported. */
    static Optional<Integer> read(AccountValues values) {
        Optional<String> own = values.own("connections");
        if (own.isEmpty()) {
            return Optional.of(values.provider().imap().connectionLimit().orElse(Account.CONNECTIONS));
        }
        Optional<Integer> number =
                own.filter(text -> text.matches("[1-9]\\d{0,3}")).map(Integer::valueOf);
        if (number.isEmpty()) {
            values.problem(
                    "connections",
                    Problems.quote(own.get()) + " is not a number of connections: from 1 to 9999; each folder that is"
                            + " read takes one, and a login another");
        }
        return number;
    }
}
