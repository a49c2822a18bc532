package io.mailroutes.imap;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a folder is for (RFC 6154, RFC 8457), whatever it is called in the language of its owner. */
public enum SpecialUse {
    ALL("All", "AllMail"),
    ARCHIVE("Archive"),
    DRAFTS("Drafts"),
    FLAGGED("Flagged", "Starred"),
    IMPORTANT("Important"),
    JUNK("Junk", "Spam"),
    SENT("Sent"),
    TRASH("Trash");

    private final List<String> attributes;

    /** The second name is that of XLIST, which was before the RFC. */
    SpecialUse(String... attributes) {
        this.attributes = List.of(attributes);
    }

    /** In any case of letters. */
    public static Optional<SpecialUse> parse(String name) {
        return Stream.of(values())
                .filter(use -> use.text().equalsIgnoreCase(name))
                .findFirst();
    }

    /** As the RFC spells it, without the backslash. */
    public String text() {
        return attributes.get(0);
    }

    boolean isAmong(String... listed) {
        return Stream.of(listed)
                .anyMatch(attribute -> attributes.stream().anyMatch(mine -> ("\\" + mine).equalsIgnoreCase(attribute)));
    }
}
