/**
 * The webhook sink: each mail as one signed HTTP request (Standard Webhooks 1.0.0), again until it is taken.
 */
@NullMarked
package io.mailroutes.camel.webhook;

import org.jspecify.annotations.NullMarked;
