package io.mailroutes.camel.webhook;

import java.time.Duration;

/**
 * How long a request may take and how many there may be.
 *
 * @param connect to reach the receiver
 * @param response between two bytes of the answer, or until its first
 * @param total from the request for a connection to the last byte of the answer
 * @param connections to the receiver at the same time
 */
record Limits(Duration connect, Duration response, Duration total, int connections) {}
