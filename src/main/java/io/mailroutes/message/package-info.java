/**
 * What a mail is: immutable, with no connection behind it; its envelope, JSON form and safe names.
 */
@NullMarked
package io.mailroutes.message;

import org.jspecify.annotations.NullMarked;
