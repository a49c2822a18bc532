package io.mailroutes.account;

import java.util.Optional;

/** What every value must be, whatever its key. */
final class ValueRule {
    private ValueRule() {}

    /** What is wrong with the value, without showing it. */
    static Optional<String> objection(String value) {
        if (value.isBlank()) {
            return Optional.of("empty. Give it a value, or delete the line");
        }
        // They end lines in IMAP, HTTP and logs.
        if (value.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("contains a control character, such as a line break or a tab");
        }
        return Optional.empty();
    }
}
