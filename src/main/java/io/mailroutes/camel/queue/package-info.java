/**
 * Mails into queues: what stands behind the Kamelets {@code mail-queue-sink} and {@code mail-kafka-sink}.
 */
@NullMarked
package io.mailroutes.camel.queue;

import org.jspecify.annotations.NullMarked;
