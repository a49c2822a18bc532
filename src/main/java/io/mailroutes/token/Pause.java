package io.mailroutes.token;

import java.time.Duration;

/** Waiting, as a seam: tests let their clock pass instead. */
@FunctionalInterface
interface Pause {
    void pause(Duration duration) throws InterruptedException;
}
