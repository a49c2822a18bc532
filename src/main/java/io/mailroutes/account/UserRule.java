package io.mailroutes.account;

import java.util.Optional;
import java.util.regex.Pattern;

/** What a login name looks like. */
final class UserRule {
    /** Blanks and what stands around an address in a header: a sign of a display name or of a list. */
    private static final Pattern NOT_A_LOGIN = Pattern.compile("[\\s\\p{Z}<>\",;]");

    private static final Pattern ADDRESS = Pattern.compile("[^@]+@[^@]+");
    private static final Pattern DELEGATE = Pattern.compile(".*[\\\\/].*");

    private UserRule() {}

    static Optional<String> read(AccountValues values) {
        Optional<String> user = values.own("user");
        if (user.isEmpty()) {
            values.missing("user", "It is the mailbox, as its server knows it, such as support@example.com");
        }
        return user.filter(name -> accepted(values, "user", name));
    }

    /** Who consents, when the mailbox is a shared one. */
    static Optional<String> readLogin(AccountValues values) {
        return values.own("login-user").filter(name -> accepted(values, "login-user", name));
    }

    private static boolean accepted(AccountValues values, String key, String name) {
        Optional<String> objection = objection(values.provider(), name);
        objection.ifPresent(text -> values.problem(key, Problems.quote(name) + " " + text));
        return objection.isEmpty();
    }

    private static Optional<String> objection(Provider provider, String name) {
        if (NOT_A_LOGIN.matcher(name).find()) {
            return Optional.of(
                    "is not a login name: give one name, such as support@example.com, and nothing around it");
        }
        if (provider.userIsAddress() && DELEGATE.matcher(name).matches()) {
            return Optional.of("names two mailboxes: give the address of the mailbox to read as user, and the address"
                    + " of the person who signs in as login-user");
        }
        if (provider.userIsAddress() && !ADDRESS.matcher(name).matches()) {
            return Optional.of("is not a mail address, and " + provider.name() + " knows mailboxes by their address");
        }
        return Optional.empty();
    }
}
