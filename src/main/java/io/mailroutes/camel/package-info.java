/**
 * The Camel side: component, converters, authenticator, header filter.
 */
@NullMarked
package io.mailroutes.camel;

import org.jspecify.annotations.NullMarked;
