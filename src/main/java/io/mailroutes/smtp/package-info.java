/**
 * Sends mail with an account's credential: Angus Mail's transports without their ways to give a token away.
 */
@NullMarked
package io.mailroutes.smtp;

import org.jspecify.annotations.NullMarked;
