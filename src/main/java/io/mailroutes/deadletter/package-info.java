/**
 * Keep a failed mail whole, so that it can be sent again.
 */
@NullMarked
package io.mailroutes.deadletter;

import org.jspecify.annotations.NullMarked;
