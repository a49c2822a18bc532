package io.mailroutes.camel.queue;

import java.time.Duration;

/**
 * What a route wants of a queue.
 *
 * @param limit how long the broker may take without any progress
 */
record QueueOrder(QueueDestination destination, QueueFormat format, Duration limit) {}
