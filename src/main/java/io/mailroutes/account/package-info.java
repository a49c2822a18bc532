/**
 * Configuration into validated records; the providers as a table. Depends on the JDK alone.
 */
@NullMarked
package io.mailroutes.account;

import org.jspecify.annotations.NullMarked;
