package io.mailroutes.camel;

import java.time.Duration;

/**
 * How often a connection has to prove that it lives, and when what does not move counts as hanging.
 *
 * @param proof a round trip at least so often, which finds a dead line and keeps what is in between from closing it
 * @param answer how long the server may take for the answer to that
 * @param proven a connection that lasted so long did not fail: when it ends, the next one is made at once
 * @param silence a folder that is read and has been heard of last before so long hangs
 * @param inRoute a route that is full of mail and has finished none for so long hangs
 * @param look how often that is looked at
 */
public record Rhythm(
        Duration proof, Duration answer, Duration proven, Duration silence, Duration inRoute, Duration look) {
    /** A line that died is found within 65 s; a loop that hangs is BROKEN after 5 min, a route after 15 min. */
    public static final Rhythm STANDARD = new Rhythm(
            Duration.ofSeconds(45),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofSeconds(10));
}
