/**
 * What this program costs beside others that fetch the same mail: {@code mvn -Pbench verify}. Each program of a
 * comparison runs as a process of its own against the same real server, the runs of all programs interleaved, so that
 * what else the machine does hits all alike; the figures are medians.
 */
@NullMarked
package io.mailroutes.bench;

import org.jspecify.annotations.NullMarked;
