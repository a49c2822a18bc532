package io.mailroutes.message;

import java.util.Optional;

/** A file name made of what a sender wrote, safe on every file system (facts/security.md rule A1). */
public final class SafeName {
    private SafeName() {}

    public static String of(Optional<String> original, String type) {
        throw new UnsupportedOperationException("skeleton" + original + type);
    }
}
