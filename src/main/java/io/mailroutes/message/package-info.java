/**
 * What a mail is: immutable, with no connection behind it; its envelope, JSON form and safe names.
 *
 * <p>The structure is found by a scanner of its own, not by Jakarta Mail: there the work grows with the square of the
 * nesting, bodies are held in memory, and what makes it lenient are system properties, which belong to the host that
 * this runs in. Only dates are left to it.
 */
@NullMarked
package io.mailroutes.message;

import org.jspecify.annotations.NullMarked;
