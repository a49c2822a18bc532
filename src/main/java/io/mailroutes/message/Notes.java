package io.mailroutes.message;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What went wrong while a mail was parsed; the first few, each once, so that a hostile mail cannot fill a log. */
final class Notes {
    private static final int MOST = 10;

    private final Set<String> notes = new LinkedHashSet<>();
    private int left;

    void add(String note) {
        String clean = CleanText.line(note);
        if (notes.contains(clean)) {
            return;
        }
        if (notes.size() < MOST) {
            notes.add(clean);
        } else {
            left++;
        }
    }

    void addAll(Notes other) {
        other.notes.forEach(this::add);
        left += other.left;
    }

    Optional<String> text() {
        if (notes.isEmpty()) {
            return Optional.empty();
        }
        String all = String.join("; ", notes);
        return Optional.of(CleanText.cap(left > 0 ? all + "; and " + left + " more" : all));
    }
}
