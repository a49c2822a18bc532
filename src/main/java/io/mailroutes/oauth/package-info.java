/**
 * Speak to an authorization server: discovery, grants, errors (RFC 6749, RFC 8414).
 */
@NullMarked
package io.mailroutes.oauth;

import org.jspecify.annotations.NullMarked;
