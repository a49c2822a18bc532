package io.mailroutes.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * After Ctrl-C or SIGTERM Java ends with its shutdown hooks, whatever a command still has to say. This is a hook that
 * waits for it.
 */
final class LastWords {
    /** SIGTERM has to end the program within 10 s. */
    private static final Duration MOST = Duration.ofSeconds(8);

    private final CountDownLatch said = new CountDownLatch(1);

    private LastWords() {}

    /** From now on Java waits with its end until {@link #said}. */
    static LastWords toCome() {
        LastWords words = new LastWords();
        Runtime.getRuntime().addShutdownHook(new Thread(words::await, "last words"));
        return words;
    }

    /** All is said: Java may end. */
    void said() {
        said.countDown();
    }

    private void await() {
        try {
            if (!said.await(MOST.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("mailroutes: ended before everything was in order; no mail is lost by that");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
