/**
 * Arguments to calls, results to lines and exit codes.
 */
@NullMarked
package io.mailroutes.cli;

import org.jspecify.annotations.NullMarked;
