/**
 * Pure functions: user and token to bytes, server challenge to verdict. Depends on the JDK alone.
 */
@NullMarked
package io.mailroutes.sasl;

import org.jspecify.annotations.NullMarked;
