package io.mailroutes.bench;

/** A program did not do what it was measured for, so there is no figure. */
final class BenchFailure extends RuntimeException {
    BenchFailure(String message) {
        super(message);
    }
}
