package io.mailroutes.bench;

/** Tells who waits what is being run; the tables alone go to stdout. */
final class Progress {
    private Progress() {}

    static void say(String what) {
        System.err.println("bench: " + what);
    }
}
