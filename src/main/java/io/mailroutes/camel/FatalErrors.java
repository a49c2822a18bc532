package io.mailroutes.camel;

import java.util.Optional;

/** Tells the errors of a JVM that cannot be relied upon any more from those of one mail. */
final class FatalErrors {
    private static final int DEEPEST = 20;

    private FatalErrors() {}

    /** No memory, or an error inside Java; Camel wraps what is no Exception. A stack that overflowed is free again. */
    static Optional<VirtualMachineError> in(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
                return Optional.of(error);
            }
            at = at.getCause();
        }
        return Optional.empty();
    }
}
