/**
 * Speak to an authorization server: discovery, grants, signed assertions, errors (RFC 6749, RFC 7523, RFC 8414). And to the
 * one thing that stands in for it: a command that prints a token.
 */
@NullMarked
package io.mailroutes.oauth;

import org.jspecify.annotations.NullMarked;
