package io.mailroutes.camel;

import java.util.Optional;

/**
 * What happens to a mail on the server once it is delivered: the {@code onDelivered} option.
 *
 * @param folder the target of {@code move:FOLDER}
 */
record OnDelivered(Action action, Optional<String> folder) {
    enum Action {
        SEEN,
        NONE,
        DELETE,
        MOVE
    }

    /** @throws IllegalArgumentException in words, when the text is none of the four forms */
    static OnDelivered parse(String text) {
        String value = text.strip();
        if (value.startsWith("move:") && value.length() > "move:".length()) {
            return new OnDelivered(Action.MOVE, Optional.of(MailboxEndpoint.folder(value.substring("move:".length()))));
        }
        return switch (value) {
            case "seen" -> new OnDelivered(Action.SEEN, Optional.empty());
            case "none" -> new OnDelivered(Action.NONE, Optional.empty());
            case "delete" -> new OnDelivered(Action.DELETE, Optional.empty());
            default ->
                throw new IllegalArgumentException(
                        "onDelivered=" + text + " is not known: use seen, none, delete or move:FOLDER");
        };
    }
}
