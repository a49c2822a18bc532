/**
 * Hand out an access token that works: one refresh for all who wait, saved before it is used.
 */
@NullMarked
package io.mailroutes.token;

import org.jspecify.annotations.NullMarked;
