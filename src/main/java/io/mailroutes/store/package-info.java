/**
 * The one place with SQL and durable files.
 */
@NullMarked
package io.mailroutes.store;

import org.jspecify.annotations.NullMarked;
